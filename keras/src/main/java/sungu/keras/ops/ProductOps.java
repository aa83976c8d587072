package sungu.keras.ops;

import sungu.ops.Contractions;
import sungu.ops.Einsum;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BinaryOperator;

/** Sums of products. */
final class ProductOps {
    private ProductOps() {}

    static void declare(Operations.Table t) {
        t.op(
                "matmul(x1, x2)",
                a -> {
                    var x = a.tensor("x1");
                    var y = a.tensor("x2");
                    if (x.dtype() == DType.INT8
                            && y.dtype() == DType.INT8
                            && x.rank() != 1
                            && y.rank() != 1) {
                        return Contractions.matmul(
                                Elements.cast(x, DType.INT32), Elements.cast(y, DType.INT32));
                    }
                    return inFloats(x, y, Contractions::matmul);
                });
        t.op("dot(x1, x2)", a -> inFloats(a.tensor("x1"), a.tensor("x2"), ProductOps::dot));
        t.op(
                "inner(x1, x2)",
                a ->
                        inFloats(
                                a.tensor("x1"),
                                a.tensor("x2"),
                                (x, y) ->
                                        x.rank() == 0 || y.rank() == 0
                                                ? x.times(y)
                                                : Contractions.tensordot(
                                                        x,
                                                        y,
                                                        new int[] {x.rank() - 1},
                                                        new int[] {y.rank() - 1})));
        t.op(
                "vdot(x1, x2)",
                a ->
                        inFloats(
                                a.tensor("x1"),
                                a.tensor("x2"),
                                (x, y) -> dot(ShapeOps.flat(x), ShapeOps.flat(y))));
        t.op(
                "outer(x1, x2)",
                a -> {
                    var xs = Kind.together(List.of(a.tensor("x1"), a.tensor("x2")));
                    var dtype = Promotion.result(xs.getFirst().dtype());
                    return Movements.reshape(
                                    Conversion.cast(xs.get(0), dtype),
                                    Shape.of(xs.get(0).size(), 1))
                            .times(ShapeOps.flat(Conversion.cast(xs.get(1), dtype)));
                });
        t.op("kron(x1, x2)", a -> kron(a.tensor("x1"), a.tensor("x2")));
        t.op("tensordot(x1, x2, | axes=2)", ProductOps::tensordot);
        t.op("einsum(subscripts, *operands, **kwargs)", ProductOps::einsum);
        t.op("cross(x1, x2, | axisa=-1, axisb=-1, axisc=-1, axis=None)", ProductOps::cross);
        t.op(
                "trace(x, | offset=0, axis1=0, axis2=1)",
                a -> {
                    var x = a.tensor("x");
                    var diagonal =
                            CreationOps.diagonal(
                                    x, a.size("offset"), a.size("axis1"), a.size("axis2"));
                    return Reductions.sum(
                            Conversion.cast(diagonal, Kind.summed(x.dtype())), false, -1);
                });
    }

    /**
     * Computes integers in floats, as Keras does, and brings the result back to the common dtype.
     */
    private static Tensor inFloats(Tensor x, Tensor y, BinaryOperator<Tensor> rule) {
        var result = Promotion.result(x.dtype(), y.dtype());
        // Products of whole numbers are exact in the wider type, in contrast to floats.
        var compute = result.isInteger() || result == DType.BOOL ? DType.FLOAT64 : result;
        return Conversion.cast(
                rule.apply(Conversion.cast(x, compute), Conversion.cast(y, compute)), result);
    }

    private static Tensor dot(Tensor x, Tensor y) {
        if (x.rank() == 0 || y.rank() == 0) {
            return x.times(y);
        }
        return Contractions.tensordot(
                x, y, new int[] {x.rank() - 1}, new int[] {Math.max(y.rank() - 2, 0)});
    }

    private static Tensor kron(Tensor a, Tensor b) {
        var xs = Kind.together(List.of(a, b));
        var x = xs.get(0);
        var y = xs.get(1);
        int rank = Math.max(x.rank(), y.rank());
        var left = new int[2 * rank];
        var right = new int[2 * rank];
        var joined = new int[rank];
        for (int i = 0; i < rank; i++) {
            int p = i - (rank - x.rank()) < 0 ? 1 : x.shape().dim(i - (rank - x.rank()));
            int q = i - (rank - y.rank()) < 0 ? 1 : y.shape().dim(i - (rank - y.rank()));
            left[2 * i] = p;
            left[2 * i + 1] = 1;
            right[2 * i] = 1;
            right[2 * i + 1] = q;
            joined[i] = p * q;
        }
        return Movements.reshape(
                Movements.reshape(x, Shape.of(left)).times(Movements.reshape(y, Shape.of(right))),
                Shape.of(joined));
    }

    private static Tensor tensordot(Given a) {
        var x = a.tensor("x1");
        var y = a.tensor("x2");
        if (a.value("axes") instanceof List<?> pair) {
            if (pair.size() != 2) {
                throw a.refused("axes", "must be an integer or a pair");
            }
            var left = a.ints("axes", pair.get(0));
            var right = a.ints("axes", pair.get(1));
            for (int i = 0; i < left.length; i++) {
                left[i] = x.shape().axis(left[i]);
            }
            for (int i = 0; i < right.length; i++) {
                right[i] = y.shape().axis(right[i]);
            }
            return inFloats(x, y, (p, q) -> Contractions.tensordot(p, q, left, right));
        }
        int count = a.size("axes");
        if (count < 0 || count > x.rank() || count > y.rank()) {
            throw a.refused(
                    "axes", "must be between 0 and the ranks of " + x.type() + " and " + y.type());
        }
        return inFloats(x, y, (p, q) -> Contractions.tensordot(p, q, count));
    }

    private static Tensor einsum(Given a) {
        var operands = a.tensors("operands");
        var kinds = new LinkedHashSet<Object>();
        operands.forEach(x -> kinds.add(x.dtype()));
        boolean bytes = kinds.equals(java.util.Set.of(DType.INT8));
        var result = bytes ? DType.INT32 : Promotion.result(new ArrayList<>(kinds));
        var compute = result.isInteger() || result == DType.BOOL ? DType.FLOAT64 : result;
        var cast = operands.stream().map(x -> Conversion.cast(x, compute)).toArray(Tensor[]::new);
        return Conversion.cast(Einsum.einsum(a.text("subscripts"), cast), result);
    }

    private static Tensor cross(Given a) {
        var xs = Kind.promoted(a.tensor("x1"), a.tensor("x2"));
        var axis = a.axis("axis");
        var x = last(xs.get(0), axis != null ? axis : a.size("axisa"));
        var y = last(xs.get(1), axis != null ? axis : a.size("axisb"));
        int p = x.shape().dim(-1);
        int q = y.shape().dim(-1);
        if (p != 2 && p != 3 || q != 2 && q != 3) {
            throw a.refused("x1", "and x2 must have vectors of 2 or 3 elements along the axis");
        }
        var zCross = part(x, 0).times(part(y, 1)).minus(part(x, 1).times(part(y, 0)));
        if (p == 2 && q == 2) {
            return zCross;
        }
        Tensor x2 = p == 3 ? part(x, 2) : Elements.zerosLike(part(x, 0));
        Tensor y2 = q == 3 ? part(y, 2) : Elements.zerosLike(part(y, 0));
        var vectors =
                Movements.stack(
                        List.of(
                                part(x, 1).times(y2).minus(x2.times(part(y, 1))),
                                x2.times(part(y, 0)).minus(part(x, 0).times(y2)),
                                zCross),
                        -1);
        return ShapeOps.moveAxis(
                vectors, new int[] {-1}, new int[] {axis != null ? axis : a.size("axisc")});
    }

    private static Tensor last(Tensor x, int axis) {
        return ShapeOps.moveAxis(x, new int[] {axis}, new int[] {-1});
    }

    private static Tensor part(Tensor x, int i) {
        return Movements.squeeze(Movements.sliceAxis(x, -1, i, i + 1), -1);
    }
}
