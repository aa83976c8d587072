package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.primitive.DotGeneral;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;

/**
 * Brings general products into the form (batch, m, k) x (batch, k, n) and runs the matrix products.
 */
public final class DotKernel {
    private DotKernel() {}

    /** Matrices in an array: where they start and how far apart its rows and columns are. */
    record Matrix(Object array, int start, int rowStride, int columnStride, int batchStride) {
        int at(int batch, int row, int column) {
            return start + batch * batchStride + row * rowStride + column * columnStride;
        }
    }

    /** Computes {@code out = dot(x, y)}. */
    public static void run(DotGeneral dot, HostTensor x, HostTensor y, HostTensor out) {
        run(dot, x, y, out, null);
    }

    /**
     * Computes {@code out = dot(x, y)} and hands finished elements to {@code after}.
     *
     * @param after called on flat ranges of {@code out}, whole rows of its last axis, by the thread
     *     that has just computed them; each element exactly once
     */
    public static void run(
            DotGeneral dot,
            HostTensor x,
            HostTensor y,
            HostTensor out,
            Parallel.@Nullable Range after) {
        run(Form.of(dot, x.shape(), y.shape()), x, y, out, after);
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

    /** Computes a product whose form is known already. */
    public static void run(
            Form form, HostTensor x, HostTensor y, HostTensor out, Parallel.@Nullable Range after) {
        int batch = form.batch;
        int m = form.m;
        int k = form.k;
        int n = form.n;
        if (out.size() == 0) {
            return;
        }
        if (k == 0) {
            Copy.flat(
                    HostTensor.newArray(out.dtype(), out.shape()),
                    out.array(),
                    out.size() * out.dtype().lanes());
            finish(after, out.size());
            return;
        }
        var a = matrix(x, form.left, m, k);
        var b = matrix(y, form.right, k, n);
        if (out.dtype() == DType.FLOAT32 && SmallProducts.fits(batch, m, k, n)) {
            SmallProducts.run(a, b, batch, m, k, n, (float[]) out.array());
            finish(after, out.size());
            return;
        }
        if (out.dtype() == DType.FLOAT32) {
            Gemm.run(a, b, batch, m, k, n, (float[]) out.array(), 0, after);
            return;
        }
        switch (out.dtype().arithmetic()) {
            case FLOAT -> {
                var result = new float[out.size()];
                Gemm.run(
                        widen(out.dtype(), a),
                        widen(out.dtype(), b),
                        batch,
                        m,
                        k,
                        n,
                        result,
                        0,
                        null);
                Blocks.store(out.dtype(), result, out.array(), 0, result.length);
            }
            case DOUBLE -> RowProducts.doubles(a, b, batch, m, k, n, (double[]) out.array());
            case COMPLEX -> RowProducts.complex(out.dtype(), a, b, batch, m, k, n, out.array());
            default -> RowProducts.integers(out.dtype(), a, b, batch, m, k, n, out.array());
        }
        finish(after, out.size());
    }

    private static void finish(Parallel.@Nullable Range after, int size) {
        if (after != null) {
            after.run(0, size);
        }
    }

    private static Matrix widen(DType dtype, Matrix a) {
        int entries = a.array() instanceof short[] s ? s.length : ((byte[]) a.array()).length;
        var wide = new float[entries];
        Blocks.load(dtype, a.array(), 0, wide, entries);
        return new Matrix(wide, a.start(), a.rowStride(), a.columnStride(), a.batchStride());
    }

    private static int size(Shape shape, Ints axes) {
        int size = 1;
        for (int axis : axes.toArray()) {
            size *= shape.dim(axis);
        }
        return size;
    }

    /**
     * The operand as a batch of matrices, without a copy where its row axes and its column axes
     * each lie together.
     */
    private static Matrix matrix(HostTensor x, Form.Operand form, int rowCount, int columnCount) {
        if (!form.copied()) {
            return new Matrix(x.array(), 0, form.rowStride, form.columnStride, form.batchStride);
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
        return new Matrix(packed, 0, columnCount, 1, rowCount * columnCount);
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
