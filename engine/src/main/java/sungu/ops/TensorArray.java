package sungu.ops;

import org.jspecify.annotations.Nullable;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorShape;

import java.util.ArrayList;
import java.util.List;

/**
 * A list of tensors of one dtype that is written and read by position: what a loop computes step by
 * step. Gradients flow through it, since it only hands tensors on.
 *
 * <p>It changes in place, and every writing method returns it. Positions are Java numbers: eagerly
 * and while code is traced that Java unrolls. Inside a traced {@code whileLoop} or {@code scan}
 * positions are tensors; there the array travels as one tensor:
 *
 * <pre>{@code
 * var squares = new TensorArray(DType.FLOAT32, 5).elementShape(TensorShape.of());
 * var result = Controls.whileLoop(
 *         s -> s[0].less(5),
 *         s -> new Tensor[] {
 *             s[0].plus(1), TensorArray.ofFlow(s[1]).write(s[0], s[0].cast(DType.FLOAT32).square()).flow()},
 *         Tensor.of(0), squares.flow());
 * var stacked = TensorArray.ofFlow(result[1]).stack();
 * }</pre>
 */
public final class TensorArray {
    private final DType dtype;
    private boolean dynamic;
    private boolean clears = true;
    private boolean infers = true;
    private TensorShape element = TensorShape.UNKNOWN;

    /** Null where nothing was written or a read has cleared it. */
    private List<@Nullable Tensor> elements = new ArrayList<>();

    private final List<Integer> cleared = new ArrayList<>();

    /** All elements as one tensor, where positions are tensors; else null. */
    private @Nullable Tensor flow;

    /** An array of that many elements; it neither grows nor allows a second read of an element. */
    public TensorArray(DType dtype, int size) {
        this.dtype = dtype;
        grow(size);
    }

    /** An array that holds the slices of a tensor, all of which were written. */
    public static TensorArray ofFlow(Tensor flow) {
        if (flow.rank() == 0) {
            throw new TensorException("TensorArray: a scalar " + flow.type() + " has no elements");
        }
        var array = new TensorArray(flow.dtype(), 0);
        array.flow = flow;
        array.clears = false;
        array.element = new TensorShape(flow.shape().remove(0));
        return array;
    }

    // ---- settings
    // ------------------------------------------------------------------------------------------------------------

    /** Sets whether writing behind the end makes it longer. */
    public TensorArray dynamicSize(boolean on) {
        dynamic = on;
        return this;
    }

    /** Sets whether reading an element clears it, so that it can't be read twice. */
    public TensorArray clearAfterRead(boolean on) {
        clears = on;
        return this;
    }

    /** Sets whether all elements must have the shape of the first one written. */
    public TensorArray inferShape(boolean on) {
        infers = on;
        return this;
    }

    /** Sets what all elements must be compatible with. */
    public TensorArray elementShape(TensorShape shape) {
        element = shape;
        return this;
    }

    /** The element type. */
    public DType dtype() {
        return dtype;
    }

    /** Whether writing behind the end makes it longer. */
    public boolean dynamicSize() {
        return dynamic;
    }

    /** What is known of the shape of the elements. */
    public TensorShape elementShape() {
        return element;
    }

    /** The number of elements. */
    public int size() {
        return flow != null ? flow.shape().dim(0) : elements.size();
    }

    // ---- single elements
    // ------------------------------------------------------------------------------------------------------

    /**
     * Writes an element.
     *
     * @throws TensorException if the position lies outside of an array that does not grow, or the
     *     value has another dtype or an incompatible shape
     */
    public TensorArray write(int index, Tensor value) {
        if (flow != null) {
            return write(Tensor.of(index), value);
        }
        int size = elements.size();
        if (index < 0 || index >= size && !dynamic) {
            throw outside(index, dynamic ? "" : "dynamicSize(true) lets an array grow");
        }
        grow(index + 1);
        check(value);
        elements.set(index, value);
        return this;
    }

    /** Writes an element at a position that a tensor holds, in a traced loop. */
    public TensorArray write(Tensor index, Tensor value) {
        check(value);
        var all = flow();
        flow =
                Indexing.dynamicUpdateSlice(
                        all, start(index, all), Movements.expandDims(value, 0), false);
        return this;
    }

    /** Reads an element; one that was never written is zero, if the shape of elements is known. */
    public Tensor read(int index) {
        if (flow != null) {
            return read(Tensor.of(index));
        }
        if (index < 0 || index >= elements.size()) {
            throw outside(index, "");
        }
        if (elements.get(index) == null && cleared.contains(index)) {
            throw new TensorException(
                    "TensorArray: element " + index + " was cleared by an earlier read",
                    "clearAfterRead(false) keeps elements");
        }
        var value = present(index);
        if (clears) {
            elements.set(index, null);
            cleared.add(index);
        }
        return value;
    }

    /** Reads the element at a position that a tensor holds, in a traced loop. */
    public Tensor read(Tensor index) {
        var all = flow();
        var size = all.shape().with(0, 1);
        return Movements.squeeze(
                Indexing.dynamicSlice(all, start(index, all), size.dims(), false), 0);
    }

    private static Tensor start(Tensor index, Tensor all) {
        var zeros = Tensor.zeros(Shape.of(all.rank() - 1), index.dtype());
        return Movements.concat(List.of(Movements.expandDims(index, 0), zeros), 0);
    }

    private void check(Tensor value) {
        if (value.dtype() != dtype) {
            throw new TensorException(
                    "TensorArray: elements are " + dtype + ", got " + value.type(),
                    "cast it: value.cast(" + dtype.constant() + ")");
        }
        var shape = new TensorShape(value.shape());
        if (!element.isCompatibleWith(shape)) {
            throw new TensorException(
                    "TensorArray: elements have the shape " + element + ", got " + value.type(),
                    "inferShape(false) allows elements of different shapes");
        }
        element = infers ? element.mergeWith(shape) : element;
    }

    private TensorException outside(int index, String hint) {
        return new TensorException(
                "TensorArray: position " + index + " is not in [0, " + elements.size() + ")", hint);
    }

    private void grow(int size) {
        while (elements.size() < size) {
            elements.add(null);
        }
    }

    /** The element; zeros are written where nothing is. */
    private Tensor present(int index) {
        var value = elements.get(index);
        if (value == null) {
            if (!element.isFullyDefined()) {
                throw new TensorException(
                        "TensorArray: element " + index + " was not written",
                        "elementShape(...) makes missing elements zeros");
            }
            value = Tensor.zeros(element.require(), dtype);
            elements.set(index, value);
        }
        return value;
    }

    private List<Tensor> all() {
        var all = new ArrayList<Tensor>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            all.add(present(i));
        }
        return all;
    }

    // ---- many elements
    // --------------------------------------------------------------------------------------------------------

    /** All elements as one tensor, as traced loops carry it: {@link #stack} without clearing. */
    public Tensor flow() {
        return flow != null ? flow : stack();
    }

    /** All elements, which must have one shape, along a new first dimension. */
    public Tensor stack() {
        return flow != null ? flow : stacked(all());
    }

    /** Elements along a new first dimension. */
    public Tensor gather(int... indices) {
        if (flow != null) {
            return Indexing.gather(flow, Tensor.ofInts(indices), 0);
        }
        var chosen = new ArrayList<Tensor>(indices.length);
        for (int i : indices) {
            if (i < 0 || i >= elements.size()) {
                throw outside(i, "");
            }
            chosen.add(present(i));
        }
        return stacked(chosen);
    }

    private Tensor stacked(List<Tensor> tensors) {
        if (tensors.isEmpty()) {
            var rest = element.isFullyDefined() ? element.require() : Shape.SCALAR;
            return HostTensor.allocate(dtype, rest.insert(0, 0));
        }
        return Movements.stack(tensors, 0);
    }

    /** All elements joined along their first dimension. */
    public Tensor concat() {
        var all = flow != null ? Movements.unstack(flow, 0) : all();
        if (all.isEmpty() || all.get(0).rank() == 0) {
            throw new TensorException(
                    "TensorArray: "
                            + (all.isEmpty() ? "no elements" : "scalars")
                            + " to concatenate",
                    "stack() adds a dimension");
        }
        return Movements.concat(all, 0);
    }

    /** Writes the slices of a tensor along its first dimension at these positions, in order. */
    public TensorArray scatter(int[] indices, Tensor values) {
        if (values.rank() == 0 || values.shape().dim(0) != indices.length) {
            throw new TensorException(
                    "TensorArray: "
                            + indices.length
                            + " positions do not go with values "
                            + values.type());
        }
        var slices = Movements.unstack(values, 0);
        for (int i = 0; i < indices.length; i++) {
            write(indices[i], slices.get(i));
        }
        return this;
    }

    /** Takes over the slices of a tensor along its first dimension as its elements. */
    public TensorArray unstack(Tensor values) {
        if (values.rank() == 0) {
            throw new TensorException("TensorArray: a scalar " + values.type() + " has no slices");
        }
        return replace(Movements.unstack(values, 0), values.shape().dim(0) <= size());
    }

    /** Takes over parts of a tensor along its first dimension as its elements. */
    public TensorArray split(Tensor values, int... lengths) {
        long sum = 0;
        for (int length : lengths) {
            sum += length < 0 ? Integer.MIN_VALUE : length;
        }
        if (values.rank() == 0 || sum != values.shape().dim(0)) {
            throw new TensorException(
                    "TensorArray: parts of lengths "
                            + java.util.Arrays.toString(lengths)
                            + " do not make up "
                            + values.type());
        }
        return replace(Movements.split(values, lengths, 0), lengths.length == size());
    }

    private TensorArray replace(List<Tensor> tensors, boolean fits) {
        if (!fits && !dynamic) {
            throw new TensorException(
                    "TensorArray: "
                            + tensors.size()
                            + " elements do not fit an array of size "
                            + size(),
                    "dynamicSize(true) lets an array grow");
        }
        if (!tensors.isEmpty() && tensors.get(0).dtype() != dtype) {
            check(tensors.get(0));
        }
        flow = null;
        elements = new ArrayList<>(tensors);
        return this;
    }

    /** Gives up all elements. */
    public void close() {
        flow = null;
        elements = new ArrayList<>();
    }
}
