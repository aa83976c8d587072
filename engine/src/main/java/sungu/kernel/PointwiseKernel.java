package sungu.kernel;

import sungu.primitive.Pointwise;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.TensorException;

import java.util.Arrays;

/**
 * Runs scalar instructions over whole tensors: directly where all operands are full arrays of a
 * type that Java computes in, else block by block through small arrays that stay in the first-level
 * cache. Scalar operands are blocks filled once.
 */
public final class PointwiseKernel {
    private static final int BLOCK = 1024;
    private static final int CHUNK = 1 << 15;

    private PointwiseKernel() {}

    /** Computes {@code out[i] = op(inputs[0][i], ...)}. */
    public static void run(Pointwise op, HostTensor[] inputs, HostTensor out) {
        int n = out.size();
        if (n <= CHUNK) {
            range(op, inputs, out, 0, n);
        } else {
            Parallel.loop(n, CHUNK, (from, to) -> range(op, inputs, out, from, to));
        }
    }

    private static void range(Pointwise op, HostTensor[] inputs, HostTensor out, int from, int to) {
        if (from == to) {
            return;
        }
        if (op == Pointwise.SELECT) {
            Selection.select(inputs[0], inputs[1], inputs[2], out, from, to);
            return;
        }
        var x = inputs[0];
        var y = inputs.length > 1 ? inputs[1] : x;
        var dtype = x.dtype();
        // All-scalar operands are full ones when the result is a scalar too.
        boolean full = x.rank() == out.rank() && y.rank() == out.rank();
        switch (dtype.arithmetic()) {
            case FLOAT -> {
                if (op == Pointwise.COMPLEX) {
                    ComplexLoops.join(x, y, out, from, to);
                } else if (dtype == DType.FLOAT32 && full) {
                    var a = (float[]) x.array();
                    floats(op, inputs.length, a, (float[]) y.array(), out.array(), from, to);
                } else {
                    floatBlocks(op, inputs, out, from, to);
                }
            }
            case DOUBLE -> {
                if (op == Pointwise.COMPLEX) {
                    ComplexLoops.join(x, y, out, from, to);
                } else if (full) {
                    doubles(
                            op,
                            inputs.length,
                            (double[]) x.array(),
                            (double[]) y.array(),
                            out.array(),
                            from,
                            to);
                } else {
                    doubleBlocks(op, inputs, out, from, to);
                }
            }
            case INT, BOOL -> intBlocks(op, inputs, out, from, to);
            case LONG, UNSIGNED -> longBlocks(op, inputs, out, from, to);
            case COMPLEX -> ComplexLoops.run(op, inputs, out, from, to);
            case NONE -> Selection.strings(op, inputs, out, from, to);
        }
    }

    private static void floats(
            Pointwise op, int operands, float[] a, float[] b, Object c, int from, int to) {
        if (op.isPredicate()) {
            FloatLoops.predicate(op, a, b, (byte[]) c, from, to);
        } else if (operands == 1) {
            FloatLoops.unary(op, a, (float[]) c, from, to);
        } else {
            FloatLoops.binary(op, a, b, (float[]) c, from, to);
        }
    }

    private static void doubles(
            Pointwise op, int operands, double[] a, double[] b, Object c, int from, int to) {
        if (op.isPredicate()) {
            DoubleLoops.predicate(op, a, b, (byte[]) c, from, to);
        } else if (operands == 1) {
            DoubleLoops.unary(op, a, (double[]) c, from, to);
        } else {
            DoubleLoops.binary(op, a, b, (double[]) c, from, to);
        }
    }

    private static void floatBlocks(
            Pointwise op, HostTensor[] inputs, HostTensor out, int from, int to) {
        int length = Math.min(BLOCK, to - from);
        var scratch = new float[inputs.length][length];
        var result = new float[length];
        var flags = op.isPredicate() ? new byte[length] : null;
        for (int start = from; start < to; start += length) {
            int n = Math.min(length, to - start);
            for (int k = 0; k < inputs.length; k++) {
                var input = inputs[k];
                if (input.rank() == out.rank()) {
                    Blocks.load(input.dtype(), input.array(), start, scratch[k], n);
                } else if (start == from) {
                    Arrays.fill(scratch[k], (float) input.number(0));
                }
            }
            if (flags != null) {
                floats(op, inputs.length, scratch[0], scratch[inputs.length - 1], flags, 0, n);
                System.arraycopy(flags, 0, out.array(), start, n);
            } else {
                floats(op, inputs.length, scratch[0], scratch[inputs.length - 1], result, 0, n);
                Blocks.store(out.dtype(), result, out.array(), start, n);
            }
        }
    }

    private static void doubleBlocks(
            Pointwise op, HostTensor[] inputs, HostTensor out, int from, int to) {
        int length = Math.min(BLOCK, to - from);
        var scratch = new double[inputs.length][length];
        var result = op.isPredicate() ? new byte[length] : (Object) new double[length];
        for (int start = from; start < to; start += length) {
            int n = Math.min(length, to - start);
            for (int k = 0; k < inputs.length; k++) {
                if (inputs[k].rank() == out.rank()) {
                    System.arraycopy(inputs[k].array(), start, scratch[k], 0, n);
                } else if (start == from) {
                    Arrays.fill(scratch[k], inputs[k].number(0));
                }
            }
            doubles(op, inputs.length, scratch[0], scratch[inputs.length - 1], result, 0, n);
            System.arraycopy(result, 0, out.array(), start, n);
        }
    }

    private static void intBlocks(
            Pointwise op, HostTensor[] inputs, HostTensor out, int from, int to) {
        int length = Math.min(BLOCK, to - from);
        var scratch = new int[inputs.length][length];
        var result = new int[length];
        var flags = new byte[op.isPredicate() ? length : 0];
        for (int start = from; start < to; start += length) {
            int n = Math.min(length, to - start);
            for (int k = 0; k < inputs.length; k++) {
                var input = inputs[k];
                if (input.rank() == out.rank()) {
                    Blocks.load(input.dtype(), input.array(), start, scratch[k], n);
                } else if (start == from) {
                    Arrays.fill(scratch[k], (int) input.integer(0));
                }
            }
            int[] a = scratch[0];
            int[] b = scratch[inputs.length - 1];
            if (op.isPredicate()) {
                IntLoops.predicate(op, a, b, flags, 0, n);
                System.arraycopy(flags, 0, out.array(), start, n);
                continue;
            } else if (inputs.length == 1) {
                IntLoops.unary(op, a, result, 0, n);
            } else {
                limitShifts(op, inputs[0].dtype(), b, n);
                IntLoops.binary(op, a, b, result, 0, n);
            }
            Blocks.store(out.dtype(), result, out.array(), start, n);
        }
    }

    /** Shifts go by 0 at least and by all bits but one at most, as in TensorFlow. */
    private static void limitShifts(Pointwise op, DType dtype, int[] by, int n) {
        if (op == Pointwise.SHIFT_RIGHT || op == Pointwise.SHIFT_LEFT) {
            for (int i = 0; i < n; i++) {
                by[i] = Math.clamp(by[i], 0, dtype.bytes() * 8 - 1);
            }
        }
    }

    /** As above; an unsigned number of 64 bits that looks negative is a large one. */
    private static void limitShifts(Pointwise op, DType dtype, long[] by, int n) {
        if (op == Pointwise.SHIFT_RIGHT || op == Pointwise.SHIFT_LEFT) {
            int most = dtype.bytes() * 8 - 1;
            for (int i = 0; i < n; i++) {
                by[i] = by[i] < 0 && dtype == DType.UINT64 ? most : Math.clamp(by[i], 0, most);
            }
        }
    }

    private static void longBlocks(
            Pointwise op, HostTensor[] inputs, HostTensor out, int from, int to) {
        int length = Math.min(BLOCK, to - from);
        var scratch = new long[inputs.length][length];
        var result = new long[length];
        var flags = new byte[op.isPredicate() ? length : 0];
        boolean unsigned = inputs[0].dtype() == DType.UINT64;
        for (int start = from; start < to; start += length) {
            int n = Math.min(length, to - start);
            for (int k = 0; k < inputs.length; k++) {
                var input = inputs[k];
                if (input.rank() == out.rank()) {
                    Blocks.load(input.dtype(), input.array(), start, scratch[k], n);
                } else if (start == from) {
                    Arrays.fill(scratch[k], input.integer(0));
                }
            }
            long[] a = scratch[0];
            long[] b = scratch[inputs.length - 1];
            if (op.isPredicate()) {
                LongLoops.predicate(op, a, b, flags, 0, n, unsigned);
                System.arraycopy(flags, 0, out.array(), start, n);
                continue;
            } else if (inputs.length == 1) {
                if (unsigned && (op == Pointwise.ABS || op == Pointwise.SIGN)) {
                    throw new TensorException(
                            op.label() + ": takes signed numbers, got " + inputs[0].type());
                }
                LongLoops.unary(op, a, result, 0, n);
            } else {
                limitShifts(op, inputs[0].dtype(), b, n);
                LongLoops.binary(op, a, b, result, 0, n, unsigned);
            }
            Blocks.store(out.dtype(), result, out.array(), start, n);
        }
    }
}
