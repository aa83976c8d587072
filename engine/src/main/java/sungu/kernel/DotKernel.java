package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.primitive.DotGeneral;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;

import java.lang.reflect.Array;

/**
 * Brings general products into the form (batch, m, k) x (batch, k, n) and runs the matrix products.
 * A kernel is made once for operands of some types and runs in one thread at a time, which may
 * share out the work.
 */
public final class DotKernel {
    /** Where matrices start in an array, and how far apart rows and columns are. */
    record Layout(int start, int rowStride, int columnStride, int batchStride) {
        int at(int batch, int row, int column) {
            return start + batch * batchStride + row * rowStride + column * columnStride;
        }
    }

    private final Form form;
    private final Layout a;
    private final Layout b;
    private final Gemm gemm;

    /** Makes a product of operands of these shapes ready. */
    public DotKernel(DotGeneral dot, Shape x, Shape y) {
        form = Form.of(dot, x, y);
        a = form.left.layout(form.m, form.k);
        b = form.right.layout(form.k, form.n);
        gemm = new Gemm(a, b, form.batch, form.m, form.k, form.n);
    }

    /** What a product of operands of known shapes comes down to; work done once per program. */
    public record Form(int batch, int m, int k, int n, Operand left, Operand right) {
        /** How an operand is seen as a batch of matrices; strides of -1 ask for a copy. */
        record Operand(
                Ints batch,
                Ints rows,
                Ints columns,
                int rowStride,
                int columnStride,
                int batchStride) {
            static Operand of(Shape shape, Ints batch, Ints rows, Ints columns) {
                return new Operand(
                        batch,
                        rows,
                        columns,
                        merged(shape, rows),
                        merged(shape, columns),
                        merged(shape, batch));
            }

            boolean copied() {
                return rowStride < 0 || columnStride < 0 || batchStride < 0;
            }

            Layout layout(int rowCount, int columnCount) {
                return copied()
                        ? new Layout(0, columnCount, 1, rowCount * columnCount)
                        : new Layout(0, rowStride, columnStride, batchStride);
            }
        }

        /** Whether the left operand is brought into another order first. */
        public boolean copiesLeft() {
            return left.copied();
        }

        /** Whether the right operand is brought into another order first. */
        public boolean copiesRight() {
            return right.copied();
        }

        /** The form of a product of operands of these shapes. */
        public static Form of(DotGeneral dot, Shape x, Shape y) {
            var left = Ints.of(DotGeneral.free(x.rank(), dot.leftBatch(), dot.leftContract()));
            var right = Ints.of(DotGeneral.free(y.rank(), dot.rightBatch(), dot.rightContract()));
            return new Form(
                    DotKernel.size(x, dot.leftBatch()),
                    DotKernel.size(x, left),
                    DotKernel.size(x, dot.leftContract()),
                    DotKernel.size(y, right),
                    Operand.of(x, dot.leftBatch(), left, dot.leftContract()),
                    Operand.of(y, dot.rightBatch(), dot.rightContract(), right));
        }
    }

    /**
     * Computes {@code out = dot(x, y)} and hands finished elements to {@code after}.
     *
     * @param after called on flat ranges of {@code out}, whole rows of its last axis, by the thread
     *     that has just computed them; each element exactly once
     */
    public void run(HostTensor x, HostTensor y, HostTensor out, Parallel.@Nullable Range after) {
        var dtype = out.dtype();
        if (out.size() == 0) {
            return;
        }
        if (form.k == 0) {
            Copy.flat(
                    HostTensor.newArray(dtype, out.shape()),
                    out.array(),
                    out.size() * dtype.lanes());
            finish(after, out.size());
            return;
        }
        var left = ordered(x, form.left);
        var right = ordered(y, form.right);
        if (dtype == DType.FLOAT32) {
            floats((float[]) left, (float[]) right, (float[]) out.array(), after);
            return;
        }
        int batch = form.batch;
        int m = form.m;
        int k = form.k;
        int n = form.n;
        switch (dtype.arithmetic()) {
            case FLOAT -> {
                var result = new float[out.size()];
                gemm.run(widen(dtype, left), widen(dtype, right), result, 0, null);
                Blocks.store(dtype, result, out.array(), 0, result.length);
            }
            case DOUBLE ->
                    RowProducts.doubles(
                            (double[]) left,
                            a,
                            (double[]) right,
                            b,
                            batch,
                            m,
                            k,
                            n,
                            (double[]) out.array());
            case COMPLEX ->
                    RowProducts.complex(dtype, left, a, right, b, batch, m, k, n, out.array());
            default -> RowProducts.integers(dtype, left, a, right, b, batch, m, k, n, out.array());
        }
        finish(after, out.size());
    }

    private void floats(float[] x, float[] y, float[] out, Parallel.@Nullable Range after) {
        if (SmallProducts.fits(form.batch, form.m, form.k, form.n)) {
            SmallProducts.run(x, a, y, b, form.batch, form.m, form.k, form.n, out);
            finish(after, form.batch * form.m * form.n);
        } else {
            gemm.run(x, y, out, 0, after);
        }
    }

    private static void finish(Parallel.@Nullable Range after, int size) {
        if (after != null) {
            after.run(0, size);
        }
    }

    private static float[] widen(DType dtype, Object array) {
        var wide = new float[Array.getLength(array)];
        Blocks.load(dtype, array, 0, wide, wide.length);
        return wide;
    }

    private static int size(Shape shape, Ints axes) {
        int size = 1;
        for (int axis : axes.toArray()) {
            size *= shape.dim(axis);
        }
        return size;
    }

    /**
     * The array of an operand, copied only where its row axes or its column axes do not lie
     * together.
     */
    private static Object ordered(HostTensor x, Form.Operand form) {
        if (!form.copied()) {
            return x.array();
        }
        int rank = x.rank();
        var strides = x.shape().strides();
        var from = new int[rank];
        var dims = new int[rank];
        int i = 0;
        for (var axes : new Ints[] {form.batch, form.rows, form.columns}) {
            for (int axis : axes.toArray()) {
                from[i] = strides[axis];
                dims[i++] = x.shape().dim(axis);
            }
        }
        var packed = HostTensor.newArray(x.dtype(), x.shape());
        Copy.strided(
                x.array(),
                0,
                from,
                packed,
                0,
                Shape.owning(dims).strides(),
                dims,
                x.dtype().lanes());
        return packed;
    }

    /** The one stride that runs through all these axes, or -1 where there is none. */
    private static int merged(Shape shape, Ints axes) {
        var strides = shape.strides();
        int stride = 0;
        int expected = -1;
        for (int i = axes.size() - 1; i >= 0; i--) {
            int axis = axes.get(i);
            if (shape.dim(axis) == 1) {
                continue;
            }
            if (expected < 0) {
                stride = strides[axis];
            } else if (strides[axis] != expected) {
                return -1;
            }
            expected = strides[axis] * shape.dim(axis);
        }
        return stride;
    }
}
