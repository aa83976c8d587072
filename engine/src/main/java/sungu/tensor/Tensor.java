package sungu.tensor;

import org.jspecify.annotations.Nullable;

import sungu.ops.Contractions;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Reductions;

import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.util.List;

/**
 * An immutable n-dimensional array of one {@link DType}.
 *
 * <p>Operations between tensors are strict: nothing is cast silently. Java scalars are weak: {@code
 * t.plus(1)} keeps the dtype of {@code t}. A tensor is either a value in memory ({@link
 * HostTensor}), the current value of a {@link Variable}, a value of a function being traced ({@link
 * TracedTensor}), or a symbolic input of a Keras model ({@link SymbolicTensor}).
 *
 * <p>Nothing has to be closed: tensors live in garbage-collected memory.
 */
public abstract sealed class Tensor permits HostTensor, TracedTensor, SymbolicTensor, Variable {
    private final TensorType type;

    Tensor(TensorType type) {
        this.type = type;
    }

    // ---- making tensors
    // -------------------------------------------------------------------------------------------------------

    /** A float32 scalar. */
    public static Tensor of(float value) {
        return new HostTensor(DType.FLOAT32, Shape.SCALAR, new float[] {value});
    }

    /** A float64 scalar. */
    public static Tensor of(double value) {
        return new HostTensor(DType.FLOAT64, Shape.SCALAR, new double[] {value});
    }

    /** An int32 scalar. */
    public static Tensor of(int value) {
        return new HostTensor(DType.INT32, Shape.SCALAR, new int[] {value});
    }

    /** An int64 scalar. */
    public static Tensor of(long value) {
        return new HostTensor(DType.INT64, Shape.SCALAR, new long[] {value});
    }

    /** A bool scalar. */
    public static Tensor of(boolean value) {
        return new HostTensor(DType.BOOL, Shape.SCALAR, new byte[] {(byte) (value ? 1 : 0)});
    }

    /** A string scalar, encoded as UTF-8. */
    public static Tensor of(String value) {
        return NestedArrays.tensor(value);
    }

    /**
     * A tensor with the elements and shape of a Java array of any rank, such as {@code float[][]},
     * or of nested lists of boxed scalars. Java's element types map one to one: float is float32,
     * double float64, int int32, long int64, short int16, byte int8, boolean bool, String string.
     * The elements are copied.
     *
     * @throws TensorException if the array is ragged or of another type
     */
    public static Tensor of(Object array) {
        return NestedArrays.tensor(array);
    }

    /**
     * A tensor with the remaining elements of a buffer: FloatBuffer is float32, DoubleBuffer
     * float64, IntBuffer int32, LongBuffer int64, ShortBuffer int16, ByteBuffer int8. They are
     * copied; the buffer's position stays.
     */
    public static Tensor of(Buffer elements, Shape shape) {
        return Foreign.tensor(elements, shape);
    }

    /**
     * A tensor with the bytes of a memory segment, heap or native, in the machine's byte order.
     * They are copied. Not for strings.
     */
    public static Tensor of(MemorySegment bytes, DType dtype, Shape shape) {
        return Foreign.tensor(bytes, dtype, shape);
    }

    /** A float32 vector. */
    public static Tensor ofFloats(float... values) {
        return new HostTensor(DType.FLOAT32, Shape.of(values.length), values.clone());
    }

    /** An int32 vector. */
    public static Tensor ofInts(int... values) {
        return new HostTensor(DType.INT32, Shape.of(values.length), values.clone());
    }

    /**
     * A tensor of this shape whose elements all have the value, rounded or wrapped to the dtype.
     */
    public static Tensor full(Shape shape, double value, DType dtype) {
        return HostTensor.filled(dtype, shape, value);
    }

    /** A tensor of zeros (false, empty strings). */
    public static Tensor zeros(Shape shape, DType dtype) {
        return HostTensor.allocate(dtype, shape);
    }

    /** A tensor of ones (true). */
    public static Tensor ones(Shape shape, DType dtype) {
        return HostTensor.filled(dtype, shape, 1);
    }

    // ---- what it is
    // -----------------------------------------------------------------------------------------------------------

    /** Element type and shape. */
    public final TensorType type() {
        return type;
    }

    /** The element type. */
    public final DType dtype() {
        return type.dtype();
    }

    /** The dimensions. */
    public final Shape shape() {
        return type.shape();
    }

    /** The number of dimensions. */
    public final int rank() {
        return type.shape().rank();
    }

    /** The number of elements. */
    public final int size() {
        return type.size();
    }

    /**
     * What this tensor stands for among others: two tensors with one identity are the same value to
     * tapes.
     */
    public Object identity() {
        return this;
    }

    /**
     * The Keras mask that goes with this tensor: bool, the leading dimensions of this tensor; null
     * for none.
     */
    public @Nullable Tensor mask() {
        return null;
    }

    /** The same value with a Keras mask attached; null takes a mask away. */
    public Tensor withMask(@Nullable Tensor mask) {
        throw new TensorException("a " + getClass().getSimpleName() + " carries no mask");
    }

    // ---- values as Java data
    // --------------------------------------------------------------------------------------------------

    /**
     * The value in memory.
     *
     * @throws TensorException if this tensor has no value yet because a function is being traced or
     *     a model built
     */
    public abstract HostTensor host();

    /** The only element as a double. */
    public double doubleValue() {
        return host().number(only("doubleValue"));
    }

    /** The only element as a float. */
    public float floatValue() {
        return (float) host().number(only("floatValue"));
    }

    /** The only element as a long; a fraction is cut off. */
    public long longValue() {
        return host().integer(only("longValue"));
    }

    /** The only element as an int; a fraction is cut off, overflow wraps. */
    public int intValue() {
        return (int) host().integer(only("intValue"));
    }

    /** The only element as a boolean: whether it differs from zero. */
    public boolean booleanValue() {
        return host().number(only("booleanValue")) != 0;
    }

    /** The only element of a string tensor, decoded as UTF-8. */
    public String stringValue() {
        return host().string(only("stringValue"));
    }

    private int only(String method) {
        if (size() != 1) {
            throw new TensorException(
                    method + "() needs a tensor of one element, this one is " + type,
                    "index it first, or use toFloats()");
        }
        return 0;
    }

    /** All elements in row-major order, converted to float. */
    public float[] toFloats() {
        return host().floats();
    }

    /** All elements in row-major order, converted to double. */
    public double[] toDoubles() {
        return host().doubles();
    }

    /** All elements in row-major order, converted to int. */
    public int[] toInts() {
        return host().ints();
    }

    /** All elements in row-major order, converted to long. */
    public long[] toLongs() {
        return host().longs();
    }

    /** All elements in row-major order: whether each differs from zero. */
    public boolean[] toBooleans() {
        return host().booleans();
    }

    /** All elements of a string tensor in row-major order, decoded as UTF-8. */
    public List<String> toStrings() {
        return host().strings();
    }

    /**
     * All elements in row-major order as a heap segment of their bytes in the machine's byte order;
     * a copy. Not for strings.
     */
    public MemorySegment toSegment() {
        return Foreign.segment(host());
    }

    /**
     * A Java array with the rank and element type of this tensor, such as {@code float[][]}; a
     * boxed value for a scalar. Types that Java lacks come widened: unsigned ones as the next
     * larger integer, float16 and smaller as float.
     */
    public Object toArray() {
        return NestedArrays.array(host());
    }

    // ---- operators
    // ------------------------------------------------------------------------------------------------------------

    /** Elementwise sum, with broadcasting; both dtypes must be equal. */
    public Tensor plus(Tensor other) {
        return Elements.add(this, other);
    }

    /** Adds a Java number, taken in this tensor's dtype. */
    public Tensor plus(double other) {
        return plus(Elements.weak(other, this));
    }

    /** Adds a Java integer, taken in this tensor's dtype. */
    public Tensor plus(long other) {
        return plus(Elements.weak(other, this));
    }

    /** Elementwise difference, with broadcasting. */
    public Tensor minus(Tensor other) {
        return Elements.subtract(this, other);
    }

    /** Subtracts a Java number. */
    public Tensor minus(double other) {
        return minus(Elements.weak(other, this));
    }

    /** Subtracts a Java integer. */
    public Tensor minus(long other) {
        return minus(Elements.weak(other, this));
    }

    /** Elementwise product, with broadcasting. */
    public Tensor times(Tensor other) {
        return Elements.multiply(this, other);
    }

    /** Multiplies by a Java number. */
    public Tensor times(double other) {
        return times(Elements.weak(other, this));
    }

    /** Multiplies by a Java integer. */
    public Tensor times(long other) {
        return times(Elements.weak(other, this));
    }

    /** Elementwise true division; integers give float64 as in TensorFlow. */
    public Tensor div(Tensor other) {
        return Elements.trueDivide(this, other);
    }

    /** Divides by a Java number. */
    public Tensor div(double other) {
        return div(Elements.weak(other, this));
    }

    /** Divides by a Java integer. */
    public Tensor div(long other) {
        return div(Elements.weak(other, this));
    }

    /** Elementwise remainder with the sign of the divisor, as Python's {@code %}. */
    public Tensor rem(Tensor other) {
        return Elements.floorMod(this, other);
    }

    /** Remainder of the division by a Java number, with its sign. */
    public Tensor rem(double other) {
        return rem(Elements.weak(other, this));
    }

    /** Remainder of the division by a Java integer, with its sign. */
    public Tensor rem(long other) {
        return rem(Elements.weak(other, this));
    }

    /** Elementwise negation. */
    public Tensor unaryMinus() {
        return Elements.negate(this);
    }

    /** Elementwise power. */
    public Tensor pow(Tensor exponent) {
        return Elements.pow(this, exponent);
    }

    /** Elementwise power with a Java number as exponent. */
    public Tensor pow(double exponent) {
        return pow(Elements.weak(exponent, this));
    }

    /**
     * Indexing with what Python writes between the brackets: {@code t.get(":, 1:")}, {@code
     * t.get("..., newaxis, ::-1")}.
     */
    public Tensor get(String index) {
        return Indexing.get(this, Slice.parse(index));
    }

    /** Indexing by integers, one per leading dimension; negative ones count from the end. */
    public Tensor get(int... index) {
        return Indexing.get(this, Slice.at(index));
    }

    /** Indexing by slices, one per leading dimension. */
    public Tensor get(Slice... index) {
        return Indexing.get(this, List.of(index));
    }

    /** The elements where a bool mask over the leading dimensions is true. */
    public Tensor get(Tensor mask) {
        return Indexing.booleanMask(this, mask);
    }

    // ---- the most used operations
    // ---------------------------------------------------------------------------------------------

    /** The matrix product over the last two dimensions, leading ones broadcast. */
    public Tensor matmul(Tensor other) {
        return Contractions.matmul(this, other);
    }

    /** The same elements in another shape; one dimension may be -1 and is worked out. */
    public Tensor reshape(int... dims) {
        return Movements.reshape(this, dims);
    }

    /** The dimensions in another order; none given reverses them. */
    public Tensor transpose(int... axes) {
        return Movements.transpose(this, axes);
    }

    /** Elements converted to another dtype: fractions are cut off, integers wrap. */
    public Tensor cast(DType dtype) {
        return Elements.cast(this, dtype);
    }

    /** The sum over some axes; over all when none is given. */
    public Tensor sum(int... axes) {
        return Reductions.sum(this, false, axes);
    }

    /** The mean over some axes; over all when none is given. */
    public Tensor mean(int... axes) {
        return Reductions.mean(this, false, axes);
    }

    /** The maximum over some axes; over all when none is given. */
    public Tensor max(int... axes) {
        return Reductions.max(this, false, axes);
    }

    /** The minimum over some axes; over all when none is given. */
    public Tensor min(int... axes) {
        return Reductions.min(this, false, axes);
    }

    /** The index of the first largest element along an axis, int64. */
    public Tensor argmax(int axis) {
        return Reductions.argmax(this, axis, DType.INT64);
    }

    /** The index of the first smallest element along an axis, int64. */
    public Tensor argmin(int axis) {
        return Reductions.argmin(this, axis, DType.INT64);
    }

    /** Elementwise square. */
    public Tensor square() {
        return times(this);
    }

    /** Elementwise square root. */
    public Tensor sqrt() {
        return Elements.sqrt(this);
    }

    /** Elementwise natural exponential. */
    public Tensor exp() {
        return Elements.exp(this);
    }

    /** Elementwise natural logarithm. */
    public Tensor log() {
        return Elements.log(this);
    }

    /** Elementwise absolute value. */
    public Tensor abs() {
        return Elements.abs(this);
    }

    /** Where this tensor is greater than another: bool. */
    public Tensor greater(Tensor other) {
        return Elements.greater(this, other);
    }

    /** Where this tensor is greater than a number: bool. */
    public Tensor greater(double other) {
        return greater(Elements.weak(other, this));
    }

    /** Where this tensor is less than another: bool. */
    public Tensor less(Tensor other) {
        return Elements.less(this, other);
    }

    /** Where this tensor is less than a number: bool. */
    public Tensor less(double other) {
        return less(Elements.weak(other, this));
    }
}
