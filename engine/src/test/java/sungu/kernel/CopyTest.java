package sungu.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;

import java.util.Random;

/** Strided copies against element by element, small ones and those that run on all threads. */
class CopyTest {
    @Test
    void boxesAreCopiedElementByElement() {
        var random = new Random(3);
        int[][] shapes = {
            {5}, {3, 4}, {70, 33}, {300, 200}, {2, 3, 4}, {7, 60, 90}, {4, 50, 6, 32}
        };
        for (var dtype : new DType[] {DType.FLOAT32, DType.INT32, DType.COMPLEX64, DType.BOOL}) {
            for (int[] dims : shapes) {
                for (int trial = 0; trial < 8; trial++) {
                    check(dtype, dims, random);
                }
            }
        }
    }

    /** A permutation of the dimensions, some of which are repeated instead of read. */
    private static void check(DType dtype, int[] dims, Random random) {
        int rank = dims.length;
        var order = new int[rank];
        for (int i = 0; i < rank; i++) {
            int k = random.nextInt(i + 1);
            order[i] = order[k];
            order[k] = i;
        }
        var shape = Shape.of(dims);
        var x = HostTensor.allocate(dtype, shape);
        for (int i = 0; i < x.size(); i++) {
            Numbers.put(dtype, x.array(), i, dtype == DType.BOOL ? i % 3 % 2 : i);
        }
        var strides = shape.strides();
        var size = new int[rank];
        var from = new int[rank];
        for (int i = 0; i < rank; i++) {
            size[i] = dims[order[i]];
            from[i] = random.nextInt(5) == 0 ? 0 : strides[order[i]];
        }
        var out = HostTensor.allocate(dtype, Shape.of(size));
        var to = out.shape().strides();
        Copy.strided(x.array(), 0, from, out.array(), 0, to, size, dtype.lanes());
        for (int i = 0; i < out.size(); i++) {
            int at = 0;
            for (int k = 0; k < rank; k++) {
                at += i / to[k] % size[k] * from[k];
            }
            assertEquals(x.number(at), out.number(i), dtype + " " + Ints.of(size) + Ints.of(from));
        }
    }
}
