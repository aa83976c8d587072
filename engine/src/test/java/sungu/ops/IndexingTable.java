package sungu.ops;

import sungu.ops.OpTable.Row;
import sungu.ops.OpTable.Smooth;
import sungu.primitive.IndexVectors;
import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Slice;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** The rows of the op table for indexing, scattering and sorting. */
final class IndexingTable {
    private static final Tensor INDICES = Tensor.of(new int[][] {{1, 0}, {1, 1}});
    private static final Tensor ROWS = Tensor.ofInts(1, 0, 1);
    private static final Tensor VECTORS = Tensor.of(new long[][] {{1, 2}, {0, 0}, {1, 2}});
    private static final Set<DType> INDEX_TYPES = Set.of(DType.INT32, DType.INT64, DType.UINT8);

    private final List<Row> rows = new ArrayList<>();

    private IndexingTable() {}

    static List<Row> rows() {
        var table = new IndexingTable();
        table.indexing();
        table.scattering();
        table.sorting();
        return table.rows;
    }

    private void one(
            String name,
            UnaryOperator<Tensor> op,
            Set<DType> dtypes,
            Smooth smooth,
            Shape... shape) {
        var shapes = shape.length == 0 ? new Shape[] {Shape.of(2, 3)} : shape;
        rows.add(
                new Row(name, in -> new Tensor[] {op.apply(in[0])}, dtypes, smooth, -2, 2, shapes));
    }

    private void two(
            String name,
            BinaryOperator<Tensor> op,
            Set<DType> dtypes,
            Smooth smooth,
            Shape... shapes) {
        rows.add(
                new Row(
                        name,
                        in -> new Tensor[] {op.apply(in[0], in[1])},
                        dtypes,
                        smooth,
                        -2,
                        2,
                        shapes));
    }

    private void indexing() {
        one(
                "Indexing.get",
                x -> Indexing.get(x, Slice.parse("1, ..., newaxis, -2:")),
                OpTable.ALL,
                Smooth.TWICE);
        one(
                "Indexing.get backwards",
                x -> Indexing.get(x, Slice.parse("::-1, ::-2")),
                OpTable.ALL,
                Smooth.TWICE);
        two(
                "Indexing.update",
                (x, y) -> Indexing.update(x, Slice.parse("1, 1:"), y),
                OpTable.ALL,
                Smooth.TWICE,
                Shape.of(2, 3),
                Shape.SCALAR);
        two(
                "Indexing.update backwards",
                (x, y) -> Indexing.update(x, Slice.parse(":, ::-2"), y),
                OpTable.ALL,
                Smooth.TWICE,
                Shape.of(2, 3),
                Shape.of(2));
        one(
                "Indexing.gather",
                x -> Indexing.gather(x, INDICES, 1),
                OpTable.ALL,
                Smooth.TWICE,
                Shape.of(2, 3, 2));
        one(
                "Indexing.gather batch",
                x -> Indexing.gather(x, INDICES, 2, 1),
                OpTable.ALL,
                Smooth.TWICE,
                Shape.of(2, 2, 3));
        one(
                "Indexing.gather lenient",
                x ->
                        Indexing.gather(
                                new IndexVectors(0, 0, 1, true),
                                x,
                                Tensor.of(new int[][] {{-1}, {1}})),
                OpTable.ALL,
                Smooth.TWICE);
        rows.add(
                new Row(
                        "Indexing.gather by",
                        in -> new Tensor[] {Indexing.gather(Tensor.ofFloats(1, 2, 3, 4), in[0], 0)},
                        INDEX_TYPES,
                        Smooth.NONE,
                        0.1,
                        3,
                        Shape.of(2, 2)));
        one(
                "Indexing.gatherNd",
                x -> Indexing.gatherNd(x, VECTORS),
                OpTable.ALL,
                Smooth.TWICE,
                Shape.of(2, 3, 2));
        one(
                "Indexing.gatherNd batch",
                x -> Indexing.gatherNd(x, INDICES, 1),
                OpTable.ALL,
                Smooth.TWICE,
                Shape.of(2, 2, 2));
        one(
                "Indexing.takeAlongAxis",
                x -> Indexing.takeAlongAxis(x, Tensor.of(new int[][] {{1, 0, 1}}), 0),
                OpTable.ALL,
                Smooth.TWICE);
        one(
                "Indexing.takeAlongAxis last",
                x -> Indexing.takeAlongAxis(x, INDICES, -1),
                OpTable.ALL,
                Smooth.TWICE);
        one(
                "Indexing.dynamicSlice",
                x -> Indexing.dynamicSlice(x, Tensor.ofInts(1, 1), 1, 2),
                OpTable.ALL,
                Smooth.TWICE);
        one(
                "Indexing.dynamicSlice moved",
                x -> Indexing.dynamicSlice(x, Tensor.ofInts(5, -1), new int[] {1, 2}, true),
                OpTable.ALL,
                Smooth.TWICE);
        two(
                "Indexing.dynamicUpdateSlice",
                (x, y) -> Indexing.dynamicUpdateSlice(x, Tensor.ofInts(1, 7), y),
                OpTable.ALL,
                Smooth.TWICE,
                Shape.of(2, 3),
                Shape.of(1, 2));
        one("Indexing.where", x -> Indexing.where(x, 4), OpTable.ALL, Smooth.NONE);
        one(
                "Indexing.booleanMask",
                x -> Indexing.booleanMask(x, Tensor.of(new boolean[] {true, false, true}), 1, 2),
                OpTable.ALL,
                Smooth.TWICE);
        one(
                "Indexing.booleanMask filled",
                x -> Indexing.booleanMask(x, Tensor.of(new boolean[] {false, true}), 0, 2),
                OpTable.ALL,
                Smooth.TWICE);
        one(
                "Indexing.oneHot",
                x -> Indexing.oneHot(x, 3, -1, DType.FLOAT32),
                OpTable.INTS,
                Smooth.NONE);
        two(
                "Indexing.oneHot values",
                (x, y) -> Indexing.oneHot(ROWS, 2, 0, x, y),
                OpTable.ALL,
                Smooth.TWICE,
                Shape.SCALAR,
                Shape.SCALAR);
    }

    private void scattering() {
        two(
                "Scattering.scatter",
                (x, y) ->
                        Scattering.scatter(
                                Combine.ADD,
                                new IndexVectors(1, 0, 1, true),
                                x,
                                Tensor.of(new int[][][] {{{1}}, {{-1}}}),
                                y),
                OpTable.NUMBERS,
                Smooth.TWICE,
                Shape.of(2, 3),
                Shape.of(2, 1));
        for (var combine : Combine.values()) {
            boolean order = combine == Combine.MIN || combine == Combine.MAX;
            var dtypes =
                    combine == Combine.UPDATE
                            ? OpTable.ALL
                            : order ? OpTable.REALS : OpTable.NUMBERS;
            rows.add(
                    new Row(
                            "Scattering.tensorScatter " + combine,
                            in ->
                                    new Tensor[] {
                                        Scattering.tensorScatter(
                                                combine,
                                                in[0],
                                                combine == Combine.UPDATE
                                                        ? VECTORS.get(":2")
                                                        : VECTORS,
                                                in[1])
                                    },
                            dtypes,
                            order ? Smooth.ONCE : Smooth.TWICE,
                            0.5,
                            3,
                            Shape.of(2, 3),
                            Shape.of(combine == Combine.UPDATE ? 2 : 3)));
        }
        two(
                "Scattering.tensorScatterSubtract",
                (x, y) -> Scattering.tensorScatterSubtract(x, VECTORS, y),
                OpTable.NUMBERS,
                Smooth.TWICE,
                Shape.of(2, 3),
                Shape.of(3));
        two(
                "Scattering.tensorScatterUpdate",
                (x, y) -> Scattering.tensorScatterUpdate(x, VECTORS.get(":2, :1"), y),
                OpTable.ALL,
                Smooth.TWICE,
                Shape.of(2, 3),
                Shape.of(2, 3));
        one(
                "Scattering.scatterNd",
                x -> Scattering.scatterNd(VECTORS, x, Shape.of(2, 3, 2)),
                OpTable.ALL,
                Smooth.TWICE,
                Shape.of(3, 2));
        two(
                "Scattering.scatterRows",
                (x, y) -> Scattering.scatterRows(Combine.ADD, x, ROWS, y),
                OpTable.NUMBERS,
                Smooth.TWICE,
                Shape.of(2, 3),
                Shape.of(3, 3));
        two(
                "Scattering.scatterRows scalar",
                (x, y) -> Scattering.scatterRows(Combine.MULTIPLY, x, ROWS, y),
                OpTable.NUMBERS,
                Smooth.TWICE,
                Shape.of(2, 3),
                Shape.SCALAR);
        two(
                "Scattering.batchScatterRows",
                (x, y) ->
                        Scattering.batchScatterRows(
                                Combine.UPDATE, x, Tensor.of(new int[][] {{0, 2}, {1, 0}}), y),
                OpTable.ALL,
                Smooth.TWICE,
                Shape.of(2, 3),
                Shape.of(2, 2));
        for (var combine : List.of(Combine.ADD, Combine.MULTIPLY, Combine.MIN, Combine.MAX)) {
            boolean order = combine == Combine.MIN || combine == Combine.MAX;
            one(
                    "Scattering.unsortedSegment " + combine,
                    x -> Scattering.unsortedSegment(combine, x, Tensor.ofInts(1, 0, -1, 1), 2),
                    order ? OpTable.REALS : OpTable.NUMBERS,
                    order ? Smooth.ONCE : Smooth.TWICE,
                    Shape.of(4, 2));
        }
        one(
                "Scattering.unsortedSegmentMean",
                x -> Scattering.unsortedSegmentMean(x, Tensor.ofInts(2, 0, -1, 2), 4),
                OpTable.REALS,
                Smooth.TWICE,
                Shape.of(4, 2));
        one(
                "Scattering.unsortedSegmentSqrtN",
                x -> Scattering.unsortedSegmentSqrtN(x, INDICES, 3),
                OpTable.FLOATS,
                Smooth.TWICE,
                Shape.of(2, 2));
        rows.add(
                new Row(
                        "Scattering.bincount",
                        in -> new Tensor[] {Scattering.bincount(in[0], null, 3, DType.INT32)},
                        INDEX_TYPES,
                        Smooth.NONE,
                        0.1,
                        4,
                        Shape.of(2, 4)));
        one(
                "Scattering.bincount weights",
                x -> Scattering.bincount(ROWS, x, 2, DType.FLOAT32),
                OpTable.NUMBERS,
                Smooth.TWICE,
                Shape.of(3));
    }

    private void sorting() {
        one(
                "Sorting.sort",
                x -> Sorting.sort(x, 1),
                OpTable.union(OpTable.REALS, OpTable.BOOL),
                Smooth.TWICE,
                Shape.of(2, 5));
        one(
                "Sorting.sort descending",
                x -> Sorting.sort(x, 0, true),
                OpTable.REALS,
                Smooth.TWICE,
                Shape.of(5, 2));
        one(
                "Sorting.argsort",
                x -> Sorting.argsort(x, -1),
                OpTable.REALS,
                Smooth.NONE,
                Shape.of(2, 5));
        rows.add(
                new Row(
                        "Sorting.topK",
                        in -> {
                            var top = Sorting.topK(in[0], 2);
                            return new Tensor[] {top.values()};
                        },
                        OpTable.REALS,
                        Smooth.TWICE,
                        -2,
                        2,
                        Shape.of(2, 5)));
        one(
                "Sorting.inTopK",
                x -> Sorting.inTopK(Tensor.ofInts(1, 7), x, 2),
                OpTable.FLOATS,
                Smooth.NONE,
                Shape.of(2, 5));
        rows.add(
                new Row(
                        "Sorting.unique",
                        in -> {
                            var found = Sorting.unique(in[0], 0, true, 3);
                            return new Tensor[] {found.first(), found.inverse(), found.counts()};
                        },
                        OpTable.ALL,
                        Smooth.NONE,
                        -2,
                        2,
                        Shape.of(5)));
        one(
                "Sorting.unique slices",
                x -> Sorting.unique(x, 1, false, 4).values(),
                OpTable.FLOATS,
                Smooth.TWICE,
                Shape.of(2, 3));
        two(
                "Sorting.searchSorted",
                (x, y) -> Sorting.searchSorted(Sorting.sort(x, -1), y, true),
                OpTable.REALS,
                Smooth.NONE,
                Shape.of(2, 5),
                Shape.of(2, 3));
        two(
                "Sorting.searchSorted vector",
                (x, y) -> Sorting.searchSorted(Sorting.sort(x, -1), y, false),
                OpTable.REALS,
                Smooth.NONE,
                Shape.of(5),
                Shape.of(2, 3));
    }
}
