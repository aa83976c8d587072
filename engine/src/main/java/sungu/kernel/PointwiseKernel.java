package sungu.kernel;

import sungu.primitive.Pointwise;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.TensorException;

import java.util.Arrays;

/**
 * Runs scalar instructions over whole tensors: directly where all operands are full arrays of a
 * type that Java computes in, or one of two is a scalar and the instruction has a loop for that;
 * else block by block through small arrays that stay in the first-level cache. Scalar operands are
 * then blocks filled once.
 */
public final class PointwiseKernel {
    private static final int BLOCK = Scratch.BLOCK;
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
                } else if (dtype != DType.FLOAT32
                        || !full && !FloatLoops.scalar(op, x, y, out, from, to)) {
                    floatBlocks(op, inputs, out, from, to);
                } else if (full) {
                    var a = (float[]) x.array();
                    floats(op, inputs.length, a, (float[]) y.array(), out.array(), from, to);
                }
            }
            case DOUBLE -> {
                if (op == Pointwise.COMPLEX) {
                    ComplexLoops.join(x, y, out, from, to);
                } else if (full) {
                    var a = (double[]) x.array();
                    doubles(op, inputs.length, a, (double[]) y.array(), out.array(), from, to);
                } else {
                    doubleBlocks(op, inputs, out, from, to);
                }
            }
            case INT, BOOL -> {
                if (full && dtype == DType.INT32 && !isShift(op)) {
                    var a = (int[]) x.array();
                    ints(op, inputs.length, a, (int[]) y.array(), out.array(), from, to);
                } else {
                    intBlocks(op, inputs, out, from, to);
                }
            }
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

    private static void ints(
            Pointwise op, int operands, int[] a, int[] b, Object c, int from, int to) {
        if (op.isPredicate()) {
            IntLoops.predicate(op, a, b, (byte[]) c, from, to);
        } else if (operands == 1) {
            IntLoops.unary(op, a, (int[]) c, from, to);
        } else {
            IntLoops.binary(op, a, b, (int[]) c, from, to);
        }
    }

    private static void floatBlocks(
            Pointwise op, HostTensor[] inputs, HostTensor out, int from, int to) {
        var scratch = Scratch.take();
        int operands = inputs.length;
        var y = inputs[operands - 1];
        float[] a = scratch.floats0;
        float[] b = operands == 1 ? a : scratch.floats1;
        for (int start = from; start < to; start += BLOCK) {
            int n = Math.min(BLOCK, to - start);
            load(inputs[0], out, start, start == from, a, n);
            if (operands > 1) {
                load(y, out, start, start == from, b, n);
            }
            if (op.isPredicate()) {
                floats(op, operands, a, b, scratch.bytes, 0, n);
                System.arraycopy(scratch.bytes, 0, out.array(), start, n);
            } else {
                floats(op, operands, a, b, scratch.floats2, 0, n);
                Blocks.store(out.dtype(), scratch.floats2, out.array(), start, n);
            }
        }
        scratch.give();
    }

    /** Reads a block, or fills one with a scalar the first time. */
    private static void load(
            HostTensor x, HostTensor out, int start, boolean first, float[] block, int n) {
        if (x.rank() == out.rank()) {
            Blocks.load(x.dtype(), x.array(), start, block, n);
        } else if (first) {
            Arrays.fill(block, 0, n, (float) x.number(0));
        }
    }

    private static void doubleBlocks(
            Pointwise op, HostTensor[] inputs, HostTensor out, int from, int to) {
        var scratch = Scratch.take();
        for (int start = from; start < to; start += BLOCK) {
            int n = Math.min(BLOCK, to - start);
            for (int k = 0; k < inputs.length; k++) {
                double[] block = k == 0 ? scratch.doubles0 : scratch.doubles1;
                if (inputs[k].rank() == out.rank()) {
                    System.arraycopy(inputs[k].array(), start, block, 0, n);
                } else if (start == from) {
                    Arrays.fill(block, 0, n, inputs[k].number(0));
                }
            }
            double[] a = scratch.doubles0;
            double[] b = inputs.length == 1 ? a : scratch.doubles1;
            Object result = op.isPredicate() ? scratch.bytes : scratch.doubles2;
            doubles(op, inputs.length, a, b, result, 0, n);
            System.arraycopy(result, 0, out.array(), start, n);
        }
        scratch.give();
    }

    private static void intBlocks(
            Pointwise op, HostTensor[] inputs, HostTensor out, int from, int to) {
        var scratch = Scratch.take();
        int operands = inputs.length;
        int[] a = scratch.ints0;
        int[] b = operands == 1 ? a : scratch.ints1;
        int[] c = scratch.ints2;
        for (int start = from; start < to; start += BLOCK) {
            int n = Math.min(BLOCK, to - start);
            for (int k = 0; k < operands; k++) {
                var input = inputs[k];
                if (input.rank() == out.rank()) {
                    Blocks.load(input.dtype(), input.array(), start, k == 0 ? a : b, n);
                } else if (start == from) {
                    Arrays.fill(k == 0 ? a : b, 0, n, (int) input.integer(0));
                }
            }
            if (op.isPredicate()) {
                ints(op, operands, a, b, scratch.bytes, 0, n);
                System.arraycopy(scratch.bytes, 0, out.array(), start, n);
                continue;
            }
            limitShifts(op, inputs[0].dtype(), b, n);
            ints(op, operands, a, b, c, 0, n);
            Blocks.store(out.dtype(), c, out.array(), start, n);
        }
        scratch.give();
    }

    private static boolean isShift(Pointwise op) {
        return op == Pointwise.SHIFT_RIGHT || op == Pointwise.SHIFT_LEFT;
    }

    /** Shifts go by 0 at least and by all bits but one at most, as in TensorFlow. */
    private static void limitShifts(Pointwise op, DType dtype, int[] by, int n) {
        if (isShift(op)) {
            for (int i = 0; i < n; i++) {
                by[i] = Math.clamp(by[i], 0, dtype.bytes() * 8 - 1);
            }
        }
    }

    /** As above; an unsigned number of 64 bits that looks negative is a large one. */
    private static void limitShifts(Pointwise op, DType dtype, long[] by, int n) {
        if (isShift(op)) {
            int most = dtype.bytes() * 8 - 1;
            for (int i = 0; i < n; i++) {
                by[i] = by[i] < 0 && dtype == DType.UINT64 ? most : Math.clamp(by[i], 0, most);
            }
        }
    }

    private static void longBlocks(
            Pointwise op, HostTensor[] inputs, HostTensor out, int from, int to) {
        var scratch = Scratch.take();
        long[] a = scratch.longs0;
        long[] b = inputs.length == 1 ? a : scratch.longs1;
        long[] result = scratch.longs2;
        byte[] flags = scratch.bytes;
        boolean unsigned = inputs[0].dtype() == DType.UINT64;
        for (int start = from; start < to; start += BLOCK) {
            int n = Math.min(BLOCK, to - start);
            for (int k = 0; k < inputs.length; k++) {
                var input = inputs[k];
                if (input.rank() == out.rank()) {
                    Blocks.load(input.dtype(), input.array(), start, k == 0 ? a : b, n);
                } else if (start == from) {
                    Arrays.fill(k == 0 ? a : b, 0, n, input.integer(0));
                }
            }
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
        scratch.give();
    }
}
