package sungu.tensor;

import org.jspecify.annotations.Nullable;

import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Scattering;
import sungu.primitive.Scatter.Combine;
import sungu.trace.Context;
import sungu.trace.Trace;

/**
 * The one thing that changes: a tensor whose value can be assigned. It works as a tensor in every
 * operation.
 *
 * <p>Shape and dtype are fixed. A value read from it never changes, whatever is assigned later.
 * While a function is traced, assignments are part of the traced program and take effect together
 * at its end.
 */
public non-sealed class Variable extends Tensor {
    private final String name;
    private volatile HostTensor value;

    /** Whether others may hold the present value: then its array is never written again. */
    private boolean lent = true;

    /** How many programs are reading the present value. */
    private int readers;

    private volatile boolean trainable = true;

    /** A trainable variable with this initial value. */
    public Variable(Tensor initial) {
        this(initial, "variable");
    }

    /** A trainable variable with this initial value and name. */
    public Variable(Tensor initial, String name) {
        super(initial.type());
        this.value = initial.host().renewed();
        this.name = name;
    }

    /** The name, for printing and messages. */
    public String name() {
        return name;
    }

    /** Whether tapes watch this variable by themselves and optimizers change it. */
    public boolean trainable() {
        return trainable;
    }

    /** Sets whether tapes watch this variable by themselves and optimizers change it. */
    public Variable trainable(boolean on) {
        trainable = on;
        return this;
    }

    /**
     * The current value, as it is read now: in a trace, or cast for mixed precision where that is
     * on.
     */
    public Tensor value() {
        var context = Context.current();
        var trace = context.trace();
        Tensor read = trace == null ? stored() : trace.read(this);
        for (var tape = context.tape(); tape != null; tape = tape.outer()) {
            tape.noteRead(this, read);
        }
        var autocast = context.autocast();
        return autocast != null && autocast != dtype() && dtype().isFloating()
                ? Elements.cast(read, autocast)
                : read;
    }

    /** The value in memory now, whatever is being traced. */
    @Override
    public HostTensor host() {
        if (Context.current().trace() != null) {
            throw Trace.readOfTracedValue(type());
        }
        return stored();
    }

    /** The value in memory now, even while a function is traced: for saving and printing. */
    public synchronized HostTensor stored() {
        lent = true;
        return value;
    }

    /** The value for a program that runs now and then {@linkplain #giveBack gives it back}. */
    public synchronized HostTensor borrow() {
        readers++;
        return value;
    }

    /** Ends what {@link #borrow} began. */
    public synchronized void giveBack(HostTensor borrowed) {
        if (borrowed == value) {
            readers--;
        }
    }

    /**
     * Puts a value in place that a program has computed and nobody else holds.
     *
     * @return the value before, whose array may be written again; null if others may hold it
     */
    public synchronized @Nullable HostTensor exchange(HostTensor computed) {
        check("assign", computed);
        var before = lent || readers > 0 ? null : value;
        value = computed;
        lent = false;
        readers = 0;
        return before;
    }

    private synchronized void replace(HostTensor by) {
        value = by;
        lent = true;
        readers = 0;
    }

    /**
     * Assigns a value of the same shape and dtype.
     *
     * @throws TensorException if shape or dtype differ; the variable is then unchanged
     */
    public Variable assign(Tensor newValue) {
        var checked =
                check("assign", newValue instanceof Variable other ? other.value() : newValue);
        var trace = Context.current().trace();
        if (trace != null) {
            trace.write(this, checked);
        } else {
            replace(checked.host().renewed());
        }
        return this;
    }

    /** Adds to the value. */
    public Variable assignAdd(Tensor delta) {
        return assign(plainValue().plus(check("assignAdd", delta)));
    }

    /** Subtracts from the value. */
    public Variable assignSub(Tensor delta) {
        return assign(plainValue().minus(check("assignSub", delta)));
    }

    /** Adds a Java number to the value. */
    public Variable assignAdd(double delta) {
        return assign(plainValue().plus(delta));
    }

    /** Subtracts a Java number from the value. */
    public Variable assignSub(double delta) {
        return assign(plainValue().minus(delta));
    }

    /**
     * Assigns to a part of the value, indexed as in {@link Tensor#get(String)}; {@code part}
     * broadcasts to it.
     */
    public Variable assignAt(String index, Tensor part) {
        return assign(Indexing.update(plainValue(), Slice.parse(index), part));
    }

    /** Replaces rows: row {@code indices[i]} of the value by {@code updates[i]}. */
    public Variable scatterUpdate(Tensor indices, Tensor updates) {
        return scatter(Combine.UPDATE, indices, updates);
    }

    /**
     * Combines rows: row {@code indices[i]} of the value with {@code updates[i]}, one after the
     * other; updates may be a scalar.
     */
    public Variable scatter(Combine combine, Tensor indices, Tensor updates) {
        return assign(Scattering.scatterRows(combine, plainValue(), indices, updates));
    }

    /**
     * Combines elements or slices: that at {@code indices[i]}, an index vector, with {@code
     * updates[i]}, one after the other.
     */
    public Variable scatterNd(Combine combine, Tensor indices, Tensor updates) {
        return assign(Scattering.tensorScatter(combine, plainValue(), indices, updates));
    }

    /**
     * Replaces rows in each of several tensors: all but the last dimension of the indices are batch
     * dimensions.
     */
    public Variable batchScatterUpdate(Tensor indices, Tensor updates) {
        return assign(Scattering.batchScatterRows(Combine.UPDATE, plainValue(), indices, updates));
    }

    /**
     * Replaces elements or slices: that at {@code indices[i]}, an index vector, by {@code
     * updates[i]}.
     */
    public Variable scatterNdUpdate(Tensor indices, Tensor updates) {
        return scatterNd(Combine.UPDATE, indices, updates);
    }

    /** Subtracts from rows: {@code updates[i]} from row {@code indices[i]} of the value. */
    public Variable scatterSub(Tensor indices, Tensor updates) {
        return scatter(Combine.ADD, indices, Elements.negate(updates));
    }

    /** Subtracts from elements or slices: {@code updates[i]} from that at {@code indices[i]}. */
    public Variable scatterNdSub(Tensor indices, Tensor updates) {
        return scatterNd(Combine.ADD, indices, Elements.negate(updates));
    }

    /** Rows of the value: reads only those. */
    public Tensor sparseRead(Tensor indices) {
        return Indexing.gather(value(), indices, 0);
    }

    /** The elements or slices of the value that index vectors name. */
    public Tensor gatherNd(Tensor indices) {
        return Indexing.gatherNd(value(), indices);
    }

    /**
     * Adds 1 to an integer scalar below a limit and returns what it was. Not in traced functions.
     *
     * @throws TensorException if the limit is reached
     */
    public Tensor countUpTo(long limit) {
        var before = host();
        if (rank() != 0 || !dtype().isInteger()) {
            throw new TensorException(
                    "countUpTo: takes an integer scalar, '" + name + "' is " + type());
        }
        if (before.longValue() >= limit) {
            throw new TensorException("countUpTo: '" + name + "' has reached " + limit);
        }
        assignAdd(Elements.onesLike(before));
        return before;
    }

    /** The current value as {@link #value} reads it, without the cast of mixed precision. */
    public final Tensor plainValue() {
        var context = Context.current();
        var before = context.autocast(null);
        try {
            return value();
        } finally {
            context.autocast(before);
        }
    }

    private Tensor check(String method, Tensor newValue) {
        if (newValue.dtype() != dtype() || !newValue.shape().equals(shape())) {
            boolean castable = newValue.shape().equals(shape());
            throw new TensorException(
                    method + ": variable '" + name + "' is " + type() + ", got " + newValue.type(),
                    castable
                            ? "cast it: value.cast(" + dtype().constant() + ")"
                            : "shape and dtype of a variable are fixed");
        }
        return newValue;
    }

    @Override
    public Object identity() {
        return this;
    }

    @Override
    public String toString() {
        return TensorPrinter.print(name, stored());
    }
}
