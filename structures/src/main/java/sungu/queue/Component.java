package sungu.queue;

import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.TensorShape;

/**
 * One part of every element of a queue.
 *
 * @param dtype its element type
 * @param shape what is known of its shape
 * @param name its name; empty if it has none
 */
public record Component(DType dtype, TensorShape shape, String name) {
    /** A component of any shape; elements of such a queue can only be taken one at a time. */
    public static Component of(DType dtype) {
        return new Component(dtype, TensorShape.UNKNOWN, "");
    }

    /**
     * A component of that shape; {@link Shape#UNKNOWN} dimensions are for padding queues and may
     * differ between elements.
     */
    public static Component of(DType dtype, int... dims) {
        return new Component(dtype, TensorShape.of(dims), "");
    }

    /** The same with a name. */
    public Component named(String newName) {
        return new Component(dtype, shape, newName);
    }

    /** The dtype and shape, such as {@code f32[2,?]}. */
    @Override
    public String toString() {
        return (name.isEmpty() ? "" : name + " ") + dtype.code() + shape;
    }
}
