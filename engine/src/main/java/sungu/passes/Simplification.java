package sungu.passes;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Broadcast;
import sungu.primitive.Cast;
import sungu.primitive.Elementwise;
import sungu.primitive.Pointwise;
import sungu.primitive.Reshaping;
import sungu.primitive.StopGradient;
import sungu.primitive.Transpose;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;

import java.util.List;

/**
 * Algebra that keeps every bit: neutral operands, movements that cancel or join, casts to the same
 * type, scalars in the place of what they are stretched to. Nothing is done that a NaN, an infinity
 * or a negative zero could tell: x * 0 stays, and so does x + 0, for it makes 0 of -0.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[2,3]) {
 *   %1: f32[] = constant() {value=f32[](1.0)}
 *   %2: f32[2,3] = broadcast(%1) {shape=[2,3]}
 *   %3: f32[2,3] = multiply(%0, %2)
 *   %4: f32[3,2] = transpose(%3) {order=[1, 0]}
 *   %5: f32[2,3] = transpose(%4) {order=[1, 0]}
 *   %6: f32[6] = reshape(%5) {shape=[6]}
 *   %7: f32[3,2] = reshape(%6) {shape=[3,2]}
 *   %8: f32[3,2] = stop_gradient(%7)
 *   return %8
 * }
 * after, with dead code dropped:
 * graph(%0: f32[2,3]) {
 *   %1: f32[3,2] = reshape(%0) {shape=[3,2]}
 *   return %1
 * }
 * }</pre>
 */
final class Simplification implements Pass {
    /** Constants of up to this many elements are looked at for being all the same. */
    private static final int UNIFORM = 1 << 16;

    @Override
    public String name() {
        return "simplification";
    }

    @Override
    public Graph run(Graph graph) {
        return Rewriter.rewrite(
                graph,
                (node, inputs, into) -> {
                    var value = simpler(node, inputs, into);
                    return value == null ? null : List.of(value);
                });
    }

    private static @Nullable Value simpler(Node node, List<Value> in, Rewriter into) {
        var primitive = node.primitive();
        if (primitive instanceof StopGradient) {
            return in.get(0);
        }
        if (primitive instanceof Cast cast) {
            return in.get(0).type().dtype() == cast.to() ? in.get(0) : null;
        }
        if (primitive instanceof Reshaping reshape) {
            return reshape(node, reshape.shape(), in.get(0), into);
        }
        if (primitive instanceof Broadcast broadcast) {
            return broadcast(node, broadcast.shape(), in.get(0), into);
        }
        if (primitive instanceof Transpose transpose) {
            return transpose(node, transpose.order(), in.get(0), into);
        }
        return primitive instanceof Pointwise op ? pointwise(node, op, in, into) : null;
    }

    private static @Nullable Value reshape(Node node, Shape shape, Value x, Rewriter into) {
        if (x.type().shape().equals(shape)) {
            return x;
        }
        var from = x.node();
        return from != null && from.primitive() instanceof Reshaping
                ? reshaped(node, shape, from.inputs().get(0), into)
                : null;
    }

    private static Value reshaped(Node node, Shape shape, Value x, Rewriter into) {
        return x.type().shape().equals(shape)
                ? x
                : into.node(new Reshaping(shape), node.place(), x);
    }

    private static @Nullable Value broadcast(Node node, Shape shape, Value x, Rewriter into) {
        if (x.type().shape().equals(shape)) {
            return x;
        }
        var from = x.node();
        if (from != null && from.primitive() instanceof Broadcast) {
            return into.node(new Broadcast(shape), node.place(), from.inputs().get(0));
        }
        // [1, 1] and [] stretch to the same: scalars can then be used as they are.
        boolean scalar = x.type().size() == 1 && x.type().shape().rank() > 0;
        return scalar
                ? into.node(
                        new Broadcast(shape), node.place(), reshaped(node, Shape.SCALAR, x, into))
                : null;
    }

    private static @Nullable Value transpose(Node node, Ints order, Value x, Rewriter into) {
        var from = x.node();
        if (from == null || !(from.primitive() instanceof Transpose first)) {
            return order.equals(Ints.range(0, order.size())) ? x : null;
        }
        var joined = new int[order.size()];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = first.order().get(order.get(i));
        }
        var both = Ints.of(joined);
        var source = from.inputs().get(0);
        return both.equals(Ints.range(0, joined.length))
                ? source
                : into.node(new Transpose(both), node.place(), source);
    }

    private static @Nullable Value pointwise(
            Node node, Pointwise op, List<Value> in, Rewriter into) {
        var shape = node.outputs().get(0).type().shape();
        var x = in.get(0);
        switch (op) {
            case MULTIPLY -> {
                if (isAll(in.get(1), 1) && full(x, shape)) {
                    return x;
                }
                if (isAll(x, 1) && full(in.get(1), shape)) {
                    return in.get(1);
                }
            }
            case DIVIDE -> {
                if (isAll(in.get(1), 1) && full(x, shape)) {
                    return x;
                }
            }
            case SUBTRACT -> {
                if (isAll(in.get(1), 0) && full(x, shape)) {
                    return x;
                }
            }
            case ADD -> {
                // -0 is the neutral element of floating addition; integers have one zero only.
                double zero = x.type().dtype().isInteger() ? 0 : -0.0;
                if (isAll(in.get(1), zero) && full(x, shape)) {
                    return x;
                }
                if (isAll(x, zero) && full(in.get(1), shape)) {
                    return in.get(1);
                }
            }
            case SELECT -> {
                if (in.get(1) == in.get(2) && full(in.get(1), shape)) {
                    return in.get(1);
                }
                var known = Rewriter.known(x);
                if (known != null && known.rank() == 0) {
                    var chosen = in.get(known.integer(0) != 0 ? 1 : 2);
                    return full(chosen, shape) ? chosen : null;
                }
                if (isMaximum(x.node(), in.get(1), in.get(2).node())) {
                    return in.get(2);
                }
            }
            case NEGATE, LOGICAL_NOT, BITWISE_NOT, CONJ -> {
                var from = x.node();
                if (from != null && from.primitive() == op) {
                    return from.inputs().get(0);
                }
            }
            default -> {}
        }
        return withScalars(node, op, in, shape, into);
    }

    /** Whether x is chosen where x > y, and the maximum of x and y, which is x there, elsewhere. */
    private static boolean isMaximum(@Nullable Node test, Value chosen, @Nullable Node otherwise) {
        return test != null
                && otherwise != null
                && test.primitive() == Pointwise.GREATER
                && otherwise.primitive() == Pointwise.MAXIMUM
                && test.inputs().equals(otherwise.inputs())
                && test.inputs().get(0) == chosen;
    }

    private static boolean full(Value value, Shape shape) {
        return value.type().shape().equals(shape);
    }

    /**
     * Takes scalars instead of what they are stretched to and of uniform constants; the first full
     * operand keeps the shape.
     */
    private static @Nullable Value withScalars(
            Node node, Elementwise op, List<Value> in, Shape shape, Rewriter into) {
        if (shape.rank() == 0 || in.size() < 2) {
            return null;
        }
        var arguments = in.toArray(Value[]::new);
        boolean changed = false;
        boolean kept = false;
        for (int i = 0; i < arguments.length; i++) {
            var from = arguments[i].node();
            boolean lastChance = !kept && i == lastFull(in, shape);
            var known = Rewriter.known(arguments[i]);
            if (from != null
                    && from.primitive() instanceof Broadcast
                    && from.inputs().get(0).type().shape().rank() == 0
                    && !lastChance) {
                arguments[i] = from.inputs().get(0);
                changed = true;
            } else if (known != null
                    && known.rank() > 0
                    && known.size() <= UNIFORM
                    && known.isUniform()
                    && !lastChance) {
                arguments[i] = into.constant(first(known));
                changed = true;
            } else {
                kept |= full(arguments[i], shape);
            }
        }
        return changed ? into.node(op, node.place(), arguments) : null;
    }

    static HostTensor first(HostTensor tensor) {
        var array = HostTensor.newArray(tensor.dtype(), Shape.SCALAR);
        System.arraycopy(tensor.array(), 0, array, 0, 1);
        return new HostTensor(tensor.dtype(), Shape.SCALAR, array);
    }

    private static int lastFull(List<Value> in, Shape shape) {
        for (int i = in.size() - 1; i >= 0; i--) {
            if (full(in.get(i), shape)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Whether a value is known and all its elements are this number; 0 and -0 differ for floating
     * types.
     */
    static boolean isAll(Value value, double number) {
        var node = value.node();
        var known =
                node != null && node.primitive() instanceof Broadcast
                        ? Rewriter.known(node.inputs().get(0))
                        : Rewriter.known(value);
        if (known == null
                || known.size() == 0
                || known.dtype() == DType.STRING
                || known.dtype().isComplex()) {
            return false;
        }
        return equals(known, number);
    }

    private static boolean equals(HostTensor known, double number) {
        for (int i = 0; i < known.size(); i++) {
            if (Double.compare(Numbers.get(known.dtype(), known.array(), i), number) != 0) {
                return false;
            }
        }
        return true;
    }
}
