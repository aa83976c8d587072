package sungu.gradient;

import org.jspecify.annotations.Nullable;

import sungu.ops.Controls;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.primitive.Gradient;
import sungu.primitive.Primitive;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.Variable;
import sungu.trace.Context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Notes operations while it is open and works out gradients by going back over them.
 *
 * <pre>{@code
 * try (var tape = new GradientTape()) {
 *     var loss = model(x).minus(y).square().mean();
 *     var gradients = tape.gradient(loss, weights);
 * }
 * }</pre>
 *
 * <p>Trainable variables are watched by themselves, tensors after {@link #watch}. A tape gives one
 * gradient unless it is {@link #persistent}. Tapes nest: a tape that is open while another works
 * out gradients notes that work, which gives higher orders. A tape belongs to the thread and the
 * trace that opened it.
 */
public final class GradientTape implements AutoCloseable {
    private record Entry(Primitive primitive, Tensor[] inputs, Tensor[] outputs, String place) {}

    private final @Nullable GradientTape outer;
    private final boolean persistent;
    private final boolean watchesVariables;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Object, Boolean> tracked = new IdentityHashMap<>();
    private final Map<Variable, List<Tensor>> reads = new IdentityHashMap<>();
    private boolean recording = true;
    private boolean used;

    /** Opens a tape that gives one gradient and watches trainable variables. */
    public GradientTape() {
        this(false, true);
    }

    private GradientTape(boolean persistent, boolean watchesVariables) {
        this.persistent = persistent;
        this.watchesVariables = watchesVariables;
        var context = Context.current();
        outer = context.tape();
        context.tape(this);
    }

    /** Opens a tape that can be asked for any number of gradients. */
    public static GradientTape persistent() {
        return new GradientTape(true, true);
    }

    /** Opens a tape that watches only what {@link #watch} names. */
    public static GradientTape withoutVariables() {
        return new GradientTape(false, false);
    }

    /** The tape that was open before this one, null for none. */
    public @Nullable GradientTape outer() {
        return outer;
    }

    /** Makes the tape note what is computed from a tensor. */
    public void watch(Tensor tensor) {
        if (tensor instanceof Variable variable) {
            tracked.put(variable, true);
            return;
        }
        if (!tensor.dtype().isDifferentiable()) {
            throw new TensorException(
                    "watch: no gradient flows through " + tensor.type(),
                    "cast it first: x.cast(DType.FLOAT32)");
        }
        tracked.put(tensor.identity(), true);
    }

    /** Notes an operation; called by {@link Context#bindAll}. */
    public void note(Primitive primitive, Tensor[] inputs, Tensor[] outputs) {
        if (!recording) {
            return;
        }
        boolean any = false;
        for (var input : inputs) {
            any |= tracked.containsKey(input.identity());
        }
        if (any) {
            entries.add(new Entry(primitive, inputs, outputs, Context.current().place()));
            for (var output : outputs) {
                if (output.dtype().isDifferentiable()) {
                    tracked.put(output.identity(), true);
                }
            }
        }
    }

    /** Notes that a variable was read; called by {@link Variable#value}. */
    public void noteRead(Variable variable, Tensor value) {
        if (!recording
                || !variable.dtype().isDifferentiable()
                || !(tracked.containsKey(variable) || watchesVariables && variable.trainable())) {
            return;
        }
        if (tracked.put(value.identity(), true) == null || !reads.containsKey(variable)) {
            reads.computeIfAbsent(variable, v -> new ArrayList<>()).add(value);
        } else {
            var known = reads.get(variable);
            if (known.getLast().identity() != value.identity()) {
                known.add(value);
            }
        }
    }

    /**
     * The gradient of a target by one source; null if the target does not depend on it. The
     * target's elements are summed.
     */
    public @Nullable Tensor gradient(Tensor target, Tensor source) {
        return gradients(List.of(target), List.of(source), null).get(0);
    }

    /**
     * The gradients of a target by several sources, null where it does not depend on one. The
     * target's elements are summed.
     */
    public List<@Nullable Tensor> gradient(Tensor target, List<? extends Tensor> sources) {
        return gradients(List.of(target), sources, null);
    }

    /**
     * As {@link #gradient(Tensor, List)}, with zeros where the target does not depend on a source.
     */
    public List<Tensor> gradientOrZeros(Tensor target, List<? extends Tensor> sources) {
        var found = gradients(List.of(target), sources, null);
        var filled = new ArrayList<Tensor>(found.size());
        for (int i = 0; i < found.size(); i++) {
            var gradient = found.get(i);
            filled.add(
                    gradient != null
                            ? gradient
                            : Tensor.zeros(sources.get(i).shape(), sources.get(i).dtype()));
        }
        return filled;
    }

    /**
     * The gradients of several targets, each weighted by a cotangent of its type.
     *
     * @param cotangents one per target, null for ones; null altogether for ones everywhere
     */
    public List<@Nullable Tensor> gradients(
            List<? extends Tensor> targets,
            List<? extends Tensor> sources,
            @Nullable List<? extends @Nullable Tensor> cotangents) {
        if (used && !persistent) {
            throw new TensorException(
                    "this tape has given its gradient already",
                    "open it with GradientTape.persistent() to ask it again");
        }
        used = true;
        boolean before = recording;
        recording = persistent && before;
        try {
            return backward(targets, sources, cotangents);
        } finally {
            recording = before;
            if (!persistent) {
                entries.clear();
            }
        }
    }

    private List<@Nullable Tensor> backward(
            List<? extends Tensor> targets,
            List<? extends Tensor> sources,
            @Nullable List<? extends @Nullable Tensor> cotangents) {
        var sums = new IdentityHashMap<Object, Tensor>();
        for (int i = 0; i < targets.size(); i++) {
            var target = targets.get(i);
            if (target instanceof Variable variable) {
                var values = reads.get(variable);
                target = values == null ? variable : values.getLast();
            }
            if (!target.dtype().isDifferentiable()) {
                throw new TensorException(
                        "gradient: the target is " + target.type(),
                        "only floating-point tensors have gradients");
            }
            var given = cotangents == null ? null : cotangents.get(i);
            add(sums, target, given != null ? given : Tensor.ones(target.shape(), target.dtype()));
        }
        var wanted = reachable(sources);
        int noted = entries.size();
        for (int e = noted - 1; e >= 0; e--) {
            var entry = entries.get(e);
            var arrived = new @Nullable Tensor[entry.outputs.length];
            boolean any = false;
            for (int i = 0; i < arrived.length; i++) {
                arrived[i] = sums.get(entry.outputs[i].identity());
                any |= arrived[i] != null;
            }
            var needed = new boolean[entry.inputs.length];
            boolean useful = false;
            for (int i = 0; i < needed.length; i++) {
                needed[i] =
                        entry.inputs[i].dtype().isDifferentiable()
                                && wanted.containsKey(entry.inputs[i].identity());
                useful |= needed[i];
            }
            if (!any || !useful) {
                continue;
            }
            // Gradients come from where the operations do.
            var context = Context.current();
            var before = context.place(entry.place);
            var gradients =
                    entry.primitive.gradient(
                            new Gradient(entry.inputs, entry.outputs, arrived, needed));
            context.place(before);
            for (int i = 0; i < needed.length; i++) {
                if (needed[i] && gradients[i] != null) {
                    add(sums, entry.inputs[i], gradients[i]);
                }
            }
        }
        var result = new ArrayList<@Nullable Tensor>(sources.size());
        for (var source : sources) {
            result.add(
                    source instanceof Variable variable
                            ? ofVariable(sums, variable)
                            : sums.get(source.identity()));
        }
        return result;
    }

    private @Nullable Tensor ofVariable(Map<Object, Tensor> sums, Variable variable) {
        Tensor total = sums.get(variable);
        for (var read : reads.getOrDefault(variable, List.of())) {
            var part = sums.get(read.identity());
            if (part != null) {
                total = total == null ? part : total.plus(part);
            }
        }
        return total;
    }

    /** What depends on a source: gradients are worked out for nothing else. */
    private Map<Object, Boolean> reachable(List<? extends Tensor> sources) {
        var wanted = new IdentityHashMap<Object, Boolean>();
        for (var source : sources) {
            if (source instanceof Variable variable) {
                reads.getOrDefault(variable, List.of())
                        .forEach(read -> wanted.put(read.identity(), true));
            } else {
                wanted.put(source.identity(), true);
            }
        }
        for (var entry : entries) {
            for (var input : entry.inputs) {
                if (wanted.containsKey(input.identity())) {
                    for (var output : entry.outputs) {
                        wanted.put(output.identity(), true);
                    }
                    break;
                }
            }
        }
        return wanted;
    }

    private static void add(Map<Object, Tensor> sums, Tensor of, Tensor gradient) {
        var sum = sums.get(of.identity());
        sums.put(of.identity(), sum == null ? gradient : sum.plus(gradient));
    }

    /**
     * The Jacobian: shape {@code target.shape + source.shape}. The tape must be {@link
     * #persistent}.
     *
     * @return null if the target does not depend on the source
     */
    public @Nullable Tensor jacobian(Tensor target, Tensor source) {
        int n = target.size();
        var rows = new ArrayList<Tensor>(n);
        for (int i = 0; i < n; i++) {
            var row =
                    gradients(List.of(target), List.of(source), List.of(basis(target, i, n)))
                            .get(0);
            if (row == null) {
                return null;
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            return Tensor.zeros(target.shape().concat(source.shape()), source.dtype());
        }
        return Movements.reshape(Movements.stack(rows, 0), target.shape().concat(source.shape()));
    }

    /**
     * The Jacobian of each row by the same row: shape {@code [batch] + target.shape[1:] +
     * source.shape[1:]}. Rows must not depend on each other. The tape must be {@link #persistent}.
     *
     * @return null if the target does not depend on the source
     */
    public @Nullable Tensor batchJacobian(Tensor target, Tensor source) {
        if (target.rank() < 1
                || source.rank() < 1
                || target.shape().dim(0) != source.shape().dim(0)) {
            throw new TensorException(
                    "batchJacobian: target "
                            + target.type()
                            + " and source "
                            + source.type()
                            + " must have one batch size");
        }
        int batch = target.shape().dim(0);
        int n = batch == 0 ? 0 : target.size() / batch;
        var inner = target.shape().slice(1, target.rank());
        var rows = new ArrayList<Tensor>(n);
        for (int i = 0; i < n; i++) {
            var direction =
                    Movements.broadcastTo(
                            basis(Tensor.zeros(inner, target.dtype()), i, n), target.shape());
            var row = gradients(List.of(target), List.of(source), List.of(direction)).get(0);
            if (row == null) {
                return null;
            }
            rows.add(row);
        }
        var shape = Shape.of(batch).concat(inner).concat(source.shape().slice(1, source.rank()));
        return rows.isEmpty()
                ? Tensor.zeros(shape, source.dtype())
                : Movements.reshape(Movements.stack(rows, 1), shape);
    }

    private static Tensor basis(Tensor like, int i, int n) {
        var index = Movements.iota(n, DType.INT32);
        var one = Elements.cast(Elements.equal(index, Tensor.of(i)), like.dtype());
        return Movements.reshape(one, like.shape());
    }

    /** Takes this tape off; it may still be asked for gradients. */
    @Override
    public void close() {
        var context = Context.current();
        if (context.tape() == this) {
            context.tape(outer);
        }
        recording = false;
    }

    /** Runs {@code body} without any open tape noting it. */
    public static <T> T paused(Supplier<T> body) {
        var context = Context.current();
        var tape = context.tape();
        context.tape(null);
        try {
            return body.get();
        } finally {
            context.tape(tape);
        }
    }

    /** The tensor as a value that no gradient flows through. */
    public static Tensor stopGradient(Tensor tensor) {
        return Controls.stopGradient(tensor);
    }

    @Override
    public String toString() {
        return "GradientTape("
                + entries.size()
                + " operations, watching "
                + Arrays.toString(reads.keySet().stream().map(Variable::name).toArray())
                + ")";
    }
}
