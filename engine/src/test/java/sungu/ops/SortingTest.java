package sungu.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

class SortingTest {
    @Test
    void equalElementsKeepTheirOrderInBothDirections() {
        var x = Tensor.ofInts(1, 3, 3, 2, 3, 1);
        assertArrayEquals(new int[] {0, 5, 3, 1, 2, 4}, Sorting.argsort(x, 0).toInts());
        assertArrayEquals(new int[] {1, 2, 4, 3, 0, 5}, Sorting.argsort(x, 0, true).toInts());
        assertArrayEquals(
                new int[] {1, 2, 4, 3, 0, 5},
                Sorting.argsort(x.cast(DType.INT64), 0, true).toInts());
        assertArrayEquals(
                new int[] {1, 2, 4, 3, 0, 5},
                Sorting.argsort(x.cast(DType.FLOAT64), 0, true).toInts());
        var top = Sorting.topK(x, 4);
        assertArrayEquals(new int[] {3, 3, 3, 2}, top.values().toInts());
        assertArrayEquals(new int[] {1, 2, 4, 3}, top.indices().toInts());
    }

    @Test
    void extremesOfAllTypes() {
        assertArrayEquals(
                new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE},
                Sorting.sort(Tensor.of(new long[] {0, Long.MAX_VALUE, Long.MIN_VALUE, -1}), 0)
                        .toLongs());
        var unsigned = Tensor.of(new long[] {-1, 1, Long.MIN_VALUE}).cast(DType.UINT64);
        assertArrayEquals(new long[] {1, Long.MIN_VALUE, -1}, Sorting.sort(unsigned, 0).toLongs());
        assertArrayEquals(
                new long[] {4294967295L, 5, 0},
                Sorting.sort(Tensor.of(new long[] {0, 4294967295L, 5}).cast(DType.UINT32), 0, true)
                        .toLongs());
        assertArrayEquals(
                new float[] {
                    Float.NEGATIVE_INFINITY, -1, -0f, 0, 2, Float.POSITIVE_INFINITY, Float.NaN
                },
                Sorting.sort(
                                Tensor.ofFloats(
                                        Float.NaN,
                                        2,
                                        -0f,
                                        Float.POSITIVE_INFINITY,
                                        0,
                                        -1,
                                        Float.NEGATIVE_INFINITY),
                                0)
                        .toFloats());
        assertEquals(
                List.of("", "a", "ab", "b"),
                Sorting.sort(Tensor.of(List.of("b", "ab", "", "a")), 0).toStrings());
    }

    @Test
    void randomArraysSortAsJavaSorts() {
        var random = new Random(7);
        for (int round = 0; round < 30; round++) {
            var x =
                    random.doubles(random.nextInt(200) + 1, -5, 5)
                            .map(v -> Math.rint(v * 4) / 4)
                            .toArray();
            var sorted = x.clone();
            Arrays.sort(sorted);
            assertArrayEquals(
                    sorted,
                    Sorting.sort(Tensor.of(x), 0).plus(0.0).toDoubles(),
                    0.0,
                    "round " + round);
            assertArrayEquals(
                    sorted,
                    Sorting.sort(Tensor.of(x).cast(DType.FLOAT16), 0).toDoubles(),
                    0.0,
                    "float16, round " + round);
        }
    }

    @Test
    void anyAxisSorts() {
        var x = Tensor.of(new int[][] {{3, 1}, {2, 5}, {1, 4}});
        assertArrayEquals(new int[] {1, 1, 2, 4, 3, 5}, Sorting.sort(x, 0).toInts());
        assertArrayEquals(new int[] {3, 1, 5, 2, 4, 1}, Sorting.sort(x, -1, true).toInts());
    }

    @Test
    void distinctElements() {
        var sorted = Sorting.unique(Tensor.ofInts(3, 1, 3, 2), true);
        assertArrayEquals(new int[] {1, 2, 3}, sorted.values().toInts());
        assertArrayEquals(new int[] {1, 3, 0}, sorted.first().toInts());
        assertArrayEquals(new int[] {2, 0, 2, 1}, sorted.inverse().toInts());
        assertArrayEquals(new int[] {1, 1, 2}, sorted.counts().toInts());
        assertArrayEquals(
                new int[] {3, 1, 2},
                Sorting.unique(Tensor.ofInts(3, 1, 3, 2), false).values().toInts());
        assertArrayEquals(
                new int[] {1, 2, 3, 0, 0},
                Sorting.unique(Tensor.ofInts(3, 1, 3, 2), 0, true, 5).values().toInts());
        assertEquals(
                3,
                Sorting.unique(Tensor.ofFloats(Float.NaN, 0, Float.NaN, -0f), true)
                        .values()
                        .size());
        assertEquals(
                List.of("a", "b"),
                Sorting.unique(Tensor.of(List.of("b", "a", "b")), true).values().toStrings());
        var columns = Sorting.unique(Tensor.of(new int[][] {{2, 1, 2}, {3, 4, 3}}), 1, true, -1);
        assertArrayEquals(new int[] {1, 2, 4, 3}, columns.values().toInts());
        assertArrayEquals(new int[] {1, 0, 1}, columns.inverse().toInts());
    }

    @Test
    void searches() {
        var sorted = Tensor.ofInts(1, 3, 3, 5);
        assertArrayEquals(
                new int[] {0, 1, 1, 3, 4},
                Sorting.searchSorted(sorted, Tensor.ofInts(0, 2, 3, 4, 9), false).toInts());
        assertArrayEquals(
                new int[] {0, 1, 3, 3, 4},
                Sorting.searchSorted(sorted, Tensor.ofInts(0, 2, 3, 4, 9), true).toInts());
    }

    @Test
    void segmentsFold() {
        var x = Tensor.ofFloats(1, 2, 3, 4);
        var ids = Tensor.ofInts(1, 0, -1, 1);
        assertArrayEquals(
                new float[] {2, 5, 0},
                Scattering.unsortedSegment(Combine.ADD, x, ids, 3).toFloats());
        assertArrayEquals(
                new float[] {2, 4, 1},
                Scattering.unsortedSegment(Combine.MULTIPLY, x, ids, 3).toFloats());
        assertArrayEquals(
                new float[] {2, 4, -Float.MAX_VALUE},
                Scattering.unsortedSegment(Combine.MAX, x, ids, 3).toFloats());
        assertArrayEquals(
                new float[] {2, 2.5f, 0}, Scattering.unsortedSegmentMean(x, ids, 3).toFloats());
        assertArrayEquals(
                new int[] {1, Integer.MAX_VALUE},
                Scattering.unsortedSegment(Combine.MIN, Tensor.ofInts(3, 1), Tensor.ofInts(0, 0), 2)
                        .toInts());
        assertArrayEquals(
                new float[] {3, 0, 7},
                Scattering.segment(Combine.ADD, x, Tensor.ofInts(0, 0, 2, 2)).toFloats());
        assertArrayEquals(
                new float[] {2, 0, 4},
                Scattering.segment(Combine.MAX, x, Tensor.ofInts(0, 0, 2, 2)).toFloats());
        assertArrayEquals(
                new float[] {1.5f, 0, 3.5f},
                Scattering.segmentMean(x, Tensor.ofInts(0, 0, 2, 2)).toFloats());
        assertEquals(
                "segments: ids must ascend from 0 or more; ids[1] = 0 after 1\n"
                        + "  hint: use unsortedSegment",
                assertThrows(
                                TensorException.class,
                                () -> Scattering.segment(Combine.ADD, x, Tensor.ofInts(1, 0, 2, 2)))
                        .getMessage());
        assertThrows(
                TensorException.class,
                () -> Scattering.unsortedSegment(Combine.ADD, x, Tensor.ofInts(0, 0, 5, 0), 3));
    }

    @Test
    void scatterCombinesInOrder() {
        var indices = Tensor.of(new int[][] {{1}, {1}});
        assertArrayEquals(
                new float[] {0, 3, 0},
                Scattering.scatterNd(indices, Tensor.ofFloats(1, 2), Shape.of(3)).toFloats());
        assertArrayEquals(
                new float[] {5, 2, 5},
                Scattering.tensorScatterUpdate(
                                Tensor.ofFloats(5, 5, 5), indices, Tensor.ofFloats(1, 2))
                        .toFloats());
        assertArrayEquals(
                new float[] {5, 2.5f, 5},
                Scattering.tensorScatter(
                                Combine.DIVIDE,
                                Tensor.ofFloats(5, 5, 5),
                                indices,
                                Tensor.ofFloats(1, 2))
                        .toFloats());
        assertArrayEquals(
                new int[] {2, 0, 1},
                Scattering.bincount(Tensor.ofInts(0, 2, 0, 7), null, 3, DType.INT32).toInts());
        assertArrayEquals(
                new float[] {0.5f, 2.5f},
                Scattering.bincount(
                                Tensor.ofInts(1, 0, 1),
                                Tensor.ofFloats(1, 0.5f, 1.5f),
                                2,
                                DType.FLOAT32)
                        .toFloats());
    }
}
