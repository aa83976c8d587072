package sungu.ops;

import sungu.ops.OpTable.Row;
import sungu.ops.OpTable.Smooth;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The rows of the op table for partitions, histograms, norms and tensor arrays. */
final class PartitionRows {
    private static final Set<DType> INTS = Set.of(DType.INT32, DType.INT64);

    private PartitionRows() {}

    static List<Row> rows() {
        return List.of(
                row(
                        "Indexing.stridedSlice",
                        in -> one(strided(in[0])),
                        OpTable.ALL,
                        Smooth.TWICE,
                        Shape.of(2, 3, 4)),
                row(
                        "Partitions.dynamicStitch",
                        in ->
                                one(
                                        Partitions.dynamicStitch(
                                                List.of(Tensor.ofInts(3, 0), Tensor.of(2)),
                                                List.of(in[0], in[1]),
                                                4)),
                        OpTable.NUMBERS,
                        Smooth.TWICE,
                        Shape.of(2, 3),
                        Shape.of(3)),
                row(
                        "Partitions.invertPermutation",
                        in -> one(Partitions.invertPermutation(Sorting.argsort(in[0], 0))),
                        OpTable.REALS,
                        Smooth.NONE,
                        Shape.of(5)),
                row(
                        "Partitions.unravelIndex",
                        in -> one(Partitions.unravelIndex(in[0].times(in[0]), Shape.of(3, 5))),
                        INTS,
                        Smooth.NONE,
                        Shape.of(4)),
                row(
                        "Partitions.sequenceMask",
                        in -> one(Partitions.sequenceMask(in[0], 3)),
                        OpTable.REALS,
                        Smooth.NONE,
                        Shape.of(2, 2)),
                row(
                        "Partitions.meshgrid",
                        in -> Partitions.meshgrid(List.of(in), false).toArray(Tensor[]::new),
                        OpTable.ALL,
                        Smooth.TWICE,
                        Shape.of(2),
                        Shape.of(3),
                        Shape.of(2)),
                row(
                        "Histograms.fixedWidthBins",
                        in ->
                                one(
                                        Histograms.fixedWidthBins(
                                                in[0],
                                                Movements.concat(
                                                        List.of(
                                                                in[0].get("0, :1").times(0),
                                                                Elements.onesLike(
                                                                        in[0].get("0, :1"))),
                                                        0),
                                                3)),
                        OpTable.FLOATS,
                        Smooth.NONE,
                        Shape.of(2, 3)),
                row(
                        "Norms.clipByNorm",
                        in -> one(Norms.clipByNorm(in[0], 1.25, 1)),
                        OpTable.FLOATS,
                        Smooth.TWICE,
                        Shape.of(2, 3)),
                row(
                        "Norms.globalNorm",
                        in -> one(Norms.globalNorm(List.of(in))),
                        OpTable.FLOATS,
                        Smooth.TWICE,
                        Shape.of(2, 3),
                        Shape.of(2)),
                row(
                        "Norms.clipByGlobalNorm",
                        in -> Norms.clipByGlobalNorm(List.of(in), 1.5).toArray(Tensor[]::new),
                        OpTable.FLOATS,
                        Smooth.TWICE,
                        Shape.of(2, 3),
                        Shape.of(2)),
                row(
                        "TensorArray.ofFlow",
                        in -> {
                            var array = TensorArray.ofFlow(in[0]).write(Tensor.of(1), in[1]);
                            return new Tensor[] {
                                array.read(Tensor.of(2)), array.gather(1, 0), array.concat()
                            };
                        },
                        OpTable.NUMBERS,
                        Smooth.TWICE,
                        Shape.of(3, 2),
                        Shape.of(2)));
    }

    private static Tensor strided(Tensor x) {
        return Indexing.stridedSlice(
                x,
                new int[] {1, 0, 0, 3},
                new int[] {2, 0, 0, 0},
                new int[] {1, 1, 1, -2},
                new Indexing.Masks(0, 8, 2, 4, 1));
    }

    private static Tensor[] one(Tensor result) {
        return new Tensor[] {result};
    }

    private static Row row(
            String name,
            Function<Tensor[], Tensor[]> op,
            Set<DType> dtypes,
            Smooth smooth,
            Shape... shapes) {
        return new Row(name, op, dtypes, smooth, -2, 2, shapes);
    }
}
