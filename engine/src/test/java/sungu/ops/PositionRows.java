package sungu.ops;

import java.util.EnumSet;
import java.util.List;
import sungu.ops.OpTable.Smooth;
import sungu.primitive.IndexVectors;
import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Slice;
import sungu.tensor.Tensor;

/** The rows of the op table for indexing, gather, scatter, segments, sorting. */
final class PositionRows {
    private static final Tensor ROWS = Tensor.ofInts(2, 0, 2);
    private static final Tensor POINTS = Tensor.of(new int[][] {{2, 0}, {0, 1}, {2, 1}});
    private static final Tensor MASK = Tensor.of(new boolean[] {true, false, true});

    private PositionRows() {}

    static void add(OpTable t) {
        var two = new Shape[] {Shape.of(3, 2), Shape.of(3, 2)};
        t.unary("Indexing.get", x -> Indexing.get(x, Slice.parse("1:, ..., newaxis, ::-1")), OpTable.ALL, Smooth.TWICE, -2, 2, Shape.of(3, 2));
        t.unary("Indexing.get one", x -> Indexing.get(x, Slice.parse("-1, 0")), OpTable.ALL, Smooth.TWICE, -2, 2, Shape.of(3, 2));
        t.binary("Indexing.update", (x, y) -> Indexing.update(x, Slice.parse("1:, ::2"), y), OpTable.ALL, Smooth.TWICE, -2, 2,
                Shape.of(3, 4), Shape.of(2));
        t.unary("Indexing.gather", x -> Indexing.gather(x, ROWS, 0), OpTable.ALL, Smooth.TWICE, -2, 2, Shape.of(3, 2));
        t.unary("Indexing.gather last axis", x -> Indexing.gather(x, ROWS, -1), OpTable.ALL, Smooth.TWICE, -2, 2, Shape.of(2, 3));
        t.unary("Indexing.gather batch", x -> Indexing.gather(x, Tensor.of(new int[][] {{1, 0}, {2, 2}}), 1, 1), OpTable.ALL, Smooth.TWICE, -2, 2,
                Shape.of(2, 3, 2));
        t.unary("Indexing.gatherNd", x -> Indexing.gatherNd(x, POINTS), OpTable.ALL, Smooth.TWICE, -2, 2, Shape.of(3, 2));
        t.unary("Indexing.takeAlongAxis", x -> Indexing.takeAlongAxis(x, Tensor.of(new int[][] {{1, 0}, {0, 0}, {1, 1}}), 1), OpTable.ALL,
                Smooth.TWICE, -2, 2, Shape.of(3, 2));
        t.unary("Indexing.dynamicSlice", x -> Indexing.dynamicSlice(x, Tensor.ofInts(1, 0), 2, 1), OpTable.ALL, Smooth.TWICE, -2, 2, Shape.of(3, 2));
        t.binary("Indexing.dynamicUpdateSlice", (x, y) -> Indexing.dynamicUpdateSlice(x, Tensor.ofInts(1, 0), y), OpTable.ALL, Smooth.TWICE, -2, 2,
                Shape.of(3, 2), Shape.of(2, 1));
        t.unary("Indexing.where", x -> Indexing.where(Elements.greater(x, Elements.zerosLike(x)), 4), OpTable.REALS, Smooth.NONE, -2, 2);
        t.unary("Indexing.booleanMask", x -> Indexing.booleanMask(x, MASK, 0, 2), OpTable.ALL, Smooth.TWICE, -2, 2, Shape.of(3, 2));
        t.unary("Indexing.oneHot", x -> Indexing.oneHot(ROWS, 3, -1, x.dtype()).times(x), OpTable.NUMBERS, Smooth.TWICE, -2, 2, Shape.of(3));

        for (var combine : Combine.values()) {
            var dtypes = combine == Combine.MIN || combine == Combine.MAX ? OpTable.REALS : OpTable.NUMBERS;
            var smooth = combine == Combine.MIN || combine == Combine.MAX ? Smooth.ONCE : Smooth.TWICE;
            t.binary("Scattering.tensorScatter " + combine, (x, y) -> Scattering.tensorScatter(combine, x, POINTS, y), dtypes, smooth, 0.5, 3,
                    Shape.of(3, 2), Shape.of(3));
        }
        t.binary("Scattering.scatter", (x, y) -> Scattering.scatter(Combine.ADD, new IndexVectors(0, 0, 1, true), x,
                Tensor.of(new int[][] {{1}, {-1}, {1}}), y), OpTable.NUMBERS, Smooth.TWICE, -2, 2, two);
        t.binary("Scattering.tensorScatterSubtract", (x, y) -> Scattering.tensorScatterSubtract(x, POINTS, y), OpTable.NUMBERS, Smooth.TWICE, -2, 2,
                Shape.of(3, 2), Shape.of(3));
        t.binary("Scattering.tensorScatterUpdate", (x, y) -> Scattering.tensorScatterUpdate(x, POINTS, y), OpTable.ALL, Smooth.TWICE, -2, 2,
                Shape.of(3, 2), Shape.of(3));
        t.unary("Scattering.scatterNd", y -> Scattering.scatterNd(POINTS, y, Shape.of(3, 2)), OpTable.NUMBERS, Smooth.TWICE, -2, 2, Shape.of(3));
        t.binary("Scattering.scatterRows", (x, y) -> Scattering.scatterRows(Combine.ADD, x, ROWS, y), OpTable.NUMBERS, Smooth.TWICE, -2, 2, two);
        t.binary("Scattering.batchScatterRows", (x, y) -> Scattering.batchScatterRows(Combine.ADD, x, Tensor.of(new int[][] {{1}, {0}, {1}}), y),
                OpTable.NUMBERS, Smooth.TWICE, -2, 2, Shape.of(3, 2), Shape.of(3, 1));
        t.unary("Scattering.unsortedSegment", x -> Scattering.unsortedSegment(Combine.ADD, x, ROWS, 4), OpTable.NUMBERS, Smooth.TWICE, -2, 2,
                Shape.of(3, 2));
        t.unary("Scattering.unsortedSegment max", x -> Scattering.unsortedSegment(Combine.MAX, x, Tensor.ofInts(1, 0, 1), 2), OpTable.FLOATS, Smooth.ONCE, -2, 2,
                Shape.of(3, 2));
        t.unary("Scattering.unsortedSegmentMean", x -> Scattering.unsortedSegmentMean(x, ROWS, 4), OpTable.FLOATS, Smooth.TWICE, -2, 2, Shape.of(3, 2));
        t.unary("Scattering.unsortedSegmentSqrtN", x -> Scattering.unsortedSegmentSqrtN(x, ROWS, 4), OpTable.FLOATS, Smooth.TWICE, -2, 2,
                Shape.of(3, 2));
        t.unary("Scattering.bincount", x -> Scattering.bincount(ROWS, x, 4, x.dtype()), EnumSet.of(DType.FLOAT32, DType.FLOAT64, DType.INT32),
                Smooth.TWICE, -2, 2, Shape.of(3));

        t.unary("Sorting.sort", x -> Sorting.sort(x, 0, true), OpTable.REALS, Smooth.TWICE, -2, 2);
        t.unary("Sorting.argsort", x -> Sorting.argsort(x, -1), OpTable.REALS, Smooth.NONE, -2, 2);
        t.list("Sorting.topK", in -> List.of(Sorting.topK(in[0], 2).values()), OpTable.REALS, Shape.of(2, 3));
        t.unary("Sorting.inTopK", x -> Sorting.inTopK(Tensor.ofInts(2, 0), x, 2), EnumSet.of(DType.FLOAT32), Smooth.NONE, -2, 2);
        t.unary("Sorting.unique", x -> Sorting.unique(x, 0, true, 3).values(), OpTable.REALS, Smooth.NONE, -2, 2, Shape.of(3));
        t.binary("Sorting.searchSorted", (x, y) -> Sorting.searchSorted(Reductions.cumulativeSum(x, 0, false, false), y, true), OpTable.REALS,
                Smooth.NONE, 1, 3, Shape.of(3), Shape.of(2));
    }
}
