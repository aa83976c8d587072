package sungu.ops;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * The op table: one row per op of the facades in {@code sungu.ops}. {@link OpTableTest} makes of
 * each row the tests of types, traces, text, gradients and bad inputs. To add an op, add its row.
 */
final class OpTable {
    static final Set<DType> FLOATS =
            EnumSet.of(DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16);
    static final Set<DType> INTS =
            EnumSet.of(
                    DType.INT8,
                    DType.INT16,
                    DType.INT32,
                    DType.INT64,
                    DType.UINT8,
                    DType.UINT16,
                    DType.UINT32,
                    DType.UINT64);
    static final Set<DType> SIGNED =
            EnumSet.of(
                    DType.INT8,
                    DType.INT16,
                    DType.INT32,
                    DType.INT64,
                    DType.FLOAT32,
                    DType.FLOAT64);
    static final Set<DType> COMPLEX = EnumSet.of(DType.COMPLEX64, DType.COMPLEX128);
    static final Set<DType> BOOL = EnumSet.of(DType.BOOL);
    static final Set<DType> REALS = union(FLOATS, INTS);
    static final Set<DType> NUMBERS = union(REALS, COMPLEX);
    static final Set<DType> FLOATING = union(FLOATS, COMPLEX);
    static final Set<DType> ALL = union(NUMBERS, BOOL);

    /** How smooth an op is, which says which gradients are checked. */
    enum Smooth {
        /** No gradient. */
        NONE,
        /** First-order gradients. */
        ONCE,
        /** First- and second-order gradients. */
        TWICE
    }

    /**
     * An op with samples.
     *
     * @param name facade and method, as in {@code Elements.add}; a variant stands after a space
     * @param shapes the shapes of the inputs
     * @param low the least number in the inputs; 0 at least for unsigned types
     */
    record Row(
            String name,
            Function<Tensor[], Tensor[]> op,
            Set<DType> dtypes,
            Smooth smooth,
            double low,
            double high,
            Shape... shapes) {
        Tensor[] inputs(DType dtype, long seed) {
            var random = new Random(seed);
            return Arrays.stream(shapes)
                    .map(shape -> sample(random, dtype, shape))
                    .toArray(Tensor[]::new);
        }

        private Tensor sample(Random random, DType dtype, Shape shape) {
            var array = HostTensor.newArray(dtype, shape);
            // Numbers are apart from each other, so that small steps of finite differences change
            // no order.
            var order = new ArrayList<Integer>();
            for (int i = 0; i < shape.size(); i++) {
                order.add(random.nextInt(order.size() + 1), i);
            }
            for (int i = 0; i < shape.size(); i++) {
                double number =
                        low
                                + (high - low)
                                        * (order.get(i) + 0.3 + 0.2 * random.nextDouble())
                                        / shape.size();
                if (dtype.isInteger()) {
                    number = Math.rint(number);
                    number =
                            number == 0 && low != 0
                                    ? 1
                                    : dtype.isUnsigned() ? Math.abs(number) : number;
                }
                if (dtype.isComplex()) {
                    put(array, 2 * i, number);
                    put(array, 2 * i + 1, 0.7 * random.nextDouble());
                } else {
                    Numbers.put(dtype, array, i, dtype == DType.BOOL ? random.nextInt(2) : number);
                }
            }
            return new HostTensor(new TensorType(dtype, shape), array);
        }

        private static void put(Object array, int i, double number) {
            if (array instanceof float[] a) {
                a[i] = (float) number;
            } else {
                ((double[]) array)[i] = number;
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    interface Unary {
        Tensor apply(Tensor x);
    }

    interface Binary {
        Tensor apply(Tensor x, Tensor y);
    }

    interface Ternary {
        Tensor apply(Tensor x, Tensor y, Tensor z);
    }

    private static final Shape[] ONE = {Shape.of(2, 3)};
    private static final Shape[] TWO = {Shape.of(2, 3), Shape.of(3)};
    private final List<Row> rows = new ArrayList<>();

    private OpTable() {}

    static Set<DType> union(Set<DType> a, Set<DType> b) {
        var all = EnumSet.copyOf(a);
        all.addAll(b);
        return all;
    }

    void unary(
            String name,
            Unary op,
            Set<DType> dtypes,
            Smooth smooth,
            double low,
            double high,
            Shape... shapes) {
        rows.add(
                new Row(
                        name,
                        in -> new Tensor[] {op.apply(in[0])},
                        dtypes,
                        smooth,
                        low,
                        high,
                        shapes.length == 0 ? ONE : shapes));
    }

    void binary(
            String name,
            Binary op,
            Set<DType> dtypes,
            Smooth smooth,
            double low,
            double high,
            Shape... shapes) {
        rows.add(
                new Row(
                        name,
                        in -> new Tensor[] {op.apply(in[0], in[1])},
                        dtypes,
                        smooth,
                        low,
                        high,
                        shapes.length == 0 ? TWO : shapes));
    }

    void ternary(String name, Ternary op, Set<DType> dtypes, Smooth smooth, Shape... shapes) {
        rows.add(
                new Row(
                        name,
                        in -> new Tensor[] {op.apply(in[0], in[1], in[2])},
                        dtypes,
                        smooth,
                        -2,
                        2,
                        shapes));
    }

    void list(
            String name, Function<Tensor[], List<Tensor>> op, Set<DType> dtypes, Shape... shapes) {
        list(name, op, dtypes, Smooth.TWICE, shapes);
    }

    void list(
            String name,
            Function<Tensor[], List<Tensor>> op,
            Set<DType> dtypes,
            Smooth smooth,
            Shape... shapes) {
        rows.add(
                new Row(
                        name,
                        in -> op.apply(in).toArray(Tensor[]::new),
                        dtypes,
                        smooth,
                        -2,
                        2,
                        shapes));
    }

    static List<Row> rows() {
        var table = new OpTable();
        ElementRows.add(table);
        table.reductions();
        table.movements();
        table.contractions();
        table.controls();
        table.rows.addAll(IndexingTable.rows());
        table.rows.addAll(PartitionRows.rows());
        NetworkRows.add(table);
        RandomRows.add(table);
        return table.rows;
    }

    private void reductions() {
        unary("Reductions.sum", x -> Reductions.sum(x, false, 0), NUMBERS, Smooth.TWICE, -2, 2);
        unary("Reductions.sum all", x -> Reductions.sum(x, false), NUMBERS, Smooth.TWICE, -2, 2);
        unary(
                "Reductions.sum kept",
                x -> Reductions.sum(x, true, 0, -1),
                NUMBERS,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3, 2));
        unary(
                "Reductions.product",
                x -> Reductions.product(x, false, 1),
                NUMBERS,
                Smooth.TWICE,
                0.5,
                2);
        unary(
                "Reductions.product middle",
                x -> Reductions.product(x, false, 0, 2),
                FLOATING,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3, 2));
        unary("Reductions.max", x -> Reductions.max(x, false, 1), REALS, Smooth.ONCE, -2, 2);
        unary("Reductions.min", x -> Reductions.min(x, true, 0), REALS, Smooth.ONCE, -2, 2);
        unary(
                "Reductions.reduce",
                x -> Reductions.reduce(sungu.primitive.Reduce.Fold.SUM, x, true, 1),
                NUMBERS,
                Smooth.TWICE,
                -2,
                2);
        unary("Reductions.any", x -> Reductions.any(x, false, 1), BOOL, Smooth.NONE, 0, 1);
        unary("Reductions.all", x -> Reductions.all(x, true, 0), BOOL, Smooth.NONE, 0, 1);
        unary("Reductions.mean", x -> Reductions.mean(x, false, 1), NUMBERS, Smooth.TWICE, -2, 2);
        unary(
                "Reductions.variance",
                x -> Reductions.variance(x, false, 1),
                FLOATING,
                Smooth.TWICE,
                -2,
                2);
        unary(
                "Reductions.logSumExp",
                x -> Reductions.logSumExp(x, true, 1),
                FLOATS,
                Smooth.TWICE,
                -2,
                2);
        unary(
                "Reductions.argmax",
                x -> Reductions.argmax(x, 1, DType.INT64),
                REALS,
                Smooth.NONE,
                -2,
                2);
        unary(
                "Reductions.argmin",
                x -> Reductions.argmin(x, -2, DType.INT32),
                REALS,
                Smooth.NONE,
                -2,
                2);
        unary(
                "Reductions.cumulative",
                x -> Reductions.cumulative(sungu.primitive.Reduce.Fold.MAX, x, 1, false, false),
                REALS,
                Smooth.NONE,
                -2,
                2);
        unary(
                "Reductions.cumulativeSum",
                x -> Reductions.cumulativeSum(x, 1, true, false),
                NUMBERS,
                Smooth.TWICE,
                -2,
                2);
        unary(
                "Reductions.cumulativeSum reverse",
                x -> Reductions.cumulativeSum(x, 0, false, true),
                NUMBERS,
                Smooth.TWICE,
                -2,
                2);
        unary(
                "Reductions.cumulativeProduct",
                x -> Reductions.cumulativeProduct(x, 1, false, false),
                NUMBERS,
                Smooth.TWICE,
                0.5,
                2);
        unary(
                "Reductions.cumulativeProduct exclusive",
                x -> Reductions.cumulativeProduct(x, 1, true, true),
                NUMBERS,
                Smooth.TWICE,
                0.5,
                2);
        unary(
                "Reductions.sumTo",
                x -> Reductions.sumTo(x, Shape.of(3)),
                NUMBERS,
                Smooth.TWICE,
                -2,
                2);
    }

    private void movements() {
        unary("Movements.reshape", x -> Movements.reshape(x, 3, -1), ALL, Smooth.TWICE, -2, 2);
        unary(
                "Movements.transpose",
                x -> Movements.transpose(x, 2, 0, 1),
                ALL,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3, 2));
        unary(
                "Movements.broadcastTo",
                x -> Movements.broadcastTo(x, Shape.of(4, 2, 3)),
                ALL,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 1));
        unary("Movements.expandDims", x -> Movements.expandDims(x, -1), ALL, Smooth.TWICE, -2, 2);
        unary(
                "Movements.squeeze",
                x -> Movements.squeeze(x, 1),
                ALL,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 1, 3));
        unary(
                "Movements.slice",
                x -> Movements.slice(x, new int[] {0, 1}, new int[] {2, 2}),
                ALL,
                Smooth.TWICE,
                -2,
                2);
        unary(
                "Movements.slice steps",
                x -> Movements.slice(x, new int[] {1}, new int[] {2}, new int[] {3}),
                ALL,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(7));
        unary(
                "Movements.sliceAxis",
                x -> Movements.sliceAxis(x, -1, 1, 3),
                ALL,
                Smooth.TWICE,
                -2,
                2);
        unary("Movements.reverse", x -> Movements.reverse(x, 0, 1), ALL, Smooth.TWICE, -2, 2);
        binary(
                "Movements.pad",
                (x, y) -> Movements.pad(x, new int[] {1, 0}, new int[] {0, 2}, y),
                ALL,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3),
                Shape.SCALAR);
        binary(
                "Movements.pad between",
                (x, y) -> Movements.pad(x, new int[] {1, 0}, new int[] {0, 2}, new int[] {2, 1}, y),
                ALL,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3),
                Shape.SCALAR);
        binary(
                "Movements.concat",
                (x, y) -> Movements.concat(List.of(x, y, x), 1),
                ALL,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3),
                Shape.of(2, 1));
        binary(
                "Movements.stack",
                (x, y) -> Movements.stack(List.of(x, y), -1),
                ALL,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3));
        list("Movements.unstack", in -> Movements.unstack(in[0], 1), ALL, Shape.of(2, 3));
        list(
                "Movements.split",
                in -> Movements.split(in[0], new int[] {1, 2}, 1),
                ALL,
                Shape.of(2, 3));
        unary("Movements.tile", x -> Movements.tile(x, 2, 3), ALL, Smooth.TWICE, -2, 2);
        unary(
                "Movements.iota",
                x -> Elements.multiply(x, Movements.iota(3, x.dtype())),
                NUMBERS,
                Smooth.TWICE,
                -2,
                2);
    }

    private void contractions() {
        binary(
                "Contractions.matmul",
                Contractions::matmul,
                NUMBERS,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3),
                Shape.of(3, 4));
        binary(
                "Contractions.matmul batches",
                Contractions::matmul,
                NUMBERS,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 1, 2, 3),
                Shape.of(3, 3, 2));
        binary(
                "Contractions.matmul vector",
                Contractions::matmul,
                NUMBERS,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3),
                Shape.of(3));
        binary(
                "Contractions.dot",
                Contractions::dot,
                NUMBERS,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3),
                Shape.of(4, 3, 2));
        binary(
                "Contractions.dot scalar",
                Contractions::dot,
                NUMBERS,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3),
                Shape.SCALAR);
        binary(
                "Contractions.batchDot",
                (x, y) -> Contractions.batchDot(x, y, 2, 1),
                NUMBERS,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3, 4),
                Shape.of(2, 4, 5));
        binary(
                "Contractions.tensordot",
                (x, y) -> Contractions.tensordot(x, y, new int[] {0, 2}, new int[] {1, 0}),
                NUMBERS,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3, 4),
                Shape.of(4, 2));
        binary(
                "Contractions.dotGeneral",
                (x, y) -> Contractions.dotGeneral(x, y, ints(1), ints(0), ints(2, 0), ints(1, 3)),
                NUMBERS,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3, 4),
                Shape.of(3, 4, 5, 2));
    }

    private static sungu.tensor.Ints ints(int... items) {
        return sungu.tensor.Ints.of(items);
    }

    private void controls() {
        unary(
                "Controls.cond",
                x ->
                        Controls.cond(
                                x.sum().cast(DType.FLOAT64).greater(-100),
                                () -> new Tensor[] {x.square()},
                                () -> new Tensor[] {x})[0],
                REALS,
                Smooth.TWICE,
                -2,
                2);
        unary(
                "Controls.condTensor",
                x ->
                        Controls.condTensor(
                                x.sum().greater(100), x::square, () -> x.times(x).times(x)),
                REALS,
                Smooth.TWICE,
                -2,
                2);
        unary(
                "Controls.whileLoop",
                x ->
                        Controls.whileLoop(
                                all -> all[0].less(3),
                                all -> new Tensor[] {all[0].plus(1), all[1].times(x)},
                                Tensor.of(0),
                                x)[1],
                FLOATS,
                Smooth.ONCE,
                -2,
                2);
        unary(
                "Controls.whileLoop bounded",
                x ->
                        Controls.whileLoop(
                                all -> Tensor.of(true),
                                all -> new Tensor[] {all[0].times(x)},
                                2,
                                x)[0],
                FLOATS,
                Smooth.ONCE,
                -2,
                2);
        binary(
                "Controls.scan",
                (x, y) -> {
                    var out =
                            Controls.scan(
                                    all ->
                                            new Tensor[] {
                                                all[0].times(all[1]).plus(y), all[0].plus(y)
                                            },
                                    new Tensor[] {y},
                                    new Tensor[] {x},
                                    -1,
                                    false);
                    return Elements.add(out[1], out[0]);
                },
                FLOATS,
                Smooth.TWICE,
                -1,
                1,
                Shape.of(4, 2),
                Shape.of(2));
        binary(
                "Controls.scan reverse",
                (x, y) -> {
                    var out =
                            Controls.scan(
                                    all ->
                                            new Tensor[] {
                                                all[0].times(all[1]).plus(y), all[0].plus(y)
                                            },
                                    new Tensor[] {y},
                                    new Tensor[] {x},
                                    -1,
                                    true);
                    return Elements.add(out[1], out[0]);
                },
                FLOATS,
                Smooth.TWICE,
                -1,
                1,
                Shape.of(4, 2),
                Shape.of(2));
        unary("Controls.stopGradient", Controls::stopGradient, ALL, Smooth.NONE, -2, 2);
        unary(
                "Controls.withoutGradient",
                x -> Controls.withoutGradient(() -> x.times(x)),
                NUMBERS,
                Smooth.NONE,
                -2,
                2);
        unary(
                "Controls.customGradient",
                x ->
                        Controls.customGradient(
                                all ->
                                        new Controls.WithGradient(
                                                new Tensor[] {all[0].square()},
                                                d ->
                                                        new Tensor[] {
                                                            java.util.Objects.requireNonNull(d[0])
                                                                    .times(all[0])
                                                                    .times(2)
                                                        }),
                                x)[0],
                FLOATS,
                Smooth.TWICE,
                -2,
                2);
    }
}
