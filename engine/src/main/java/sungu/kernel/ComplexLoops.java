package sungu.kernel;

import sungu.primitive.Pointwise;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.TensorException;

/** Scalar instructions over complex numbers: block by block, computed in pairs of doubles. */
final class ComplexLoops {
    private static final int BLOCK = 512;

    private ComplexLoops() {}

    /**
     * Computes {@code out[i] = op(inputs[0][i], ...)} for complex operands, one of which may be a
     * scalar.
     */
    static void run(Pointwise op, HostTensor[] inputs, HostTensor out, int from, int to) {
        var dtype = inputs[0].dtype();
        boolean realResult = !out.dtype().isComplex();
        int length = Math.min(BLOCK, to - from);
        var x = new double[2 * length];
        var y = inputs.length > 1 ? new double[2 * length] : x;
        var result = new double[2 * length];
        for (int start = from; start < to; start += length) {
            int n = Math.min(length, to - start);
            load(inputs[0], out, start, x, n, start == from);
            if (inputs.length > 1) {
                load(inputs[1], out, start, y, n, start == from);
            }
            if (op.isPredicate()) {
                compare(op, x, y, (byte[]) out.array(), start, n);
            } else if (realResult) {
                realPart(op, x, result, n);
                // The real result lies in the same kind of array as the complex operand.
                Blocks.store(dtype, result, out.array(), start, n);
            } else {
                compute(op, x, y, result, n);
                Blocks.store(dtype, result, out.array(), 2 * start, 2 * n);
            }
        }
    }

    /** Makes complex numbers of real and imaginary parts, one of which may be a scalar. */
    static void join(HostTensor re, HostTensor im, HostTensor out, int from, int to) {
        var dtype = out.dtype();
        int length = Math.min(BLOCK, to - from);
        var a = new double[length];
        var b = new double[length];
        var result = new double[2 * length];
        for (int start = from; start < to; start += length) {
            int n = Math.min(length, to - start);
            loadReal(re, out, dtype, start, a, n, start == from);
            loadReal(im, out, dtype, start, b, n, start == from);
            for (int i = 0; i < n; i++) {
                result[2 * i] = a[i];
                result[2 * i + 1] = b[i];
            }
            Blocks.store(dtype, result, out.array(), 2 * start, 2 * n);
        }
    }

    private static void load(
            HostTensor input, HostTensor out, int start, double[] to, int n, boolean first) {
        if (input.rank() == out.rank()) {
            Blocks.load(input.dtype(), input.array(), 2 * start, to, 2 * n);
        } else if (first) {
            Blocks.load(input.dtype(), input.array(), 0, to, 2);
            for (int i = 2; i < to.length; i++) {
                to[i] = to[i - 2];
            }
        }
    }

    private static void loadReal(
            HostTensor input,
            HostTensor out,
            DType complex,
            int start,
            double[] to,
            int n,
            boolean first) {
        if (input.rank() == out.rank()) {
            Blocks.load(complex, input.array(), start, to, n);
        } else if (first) {
            java.util.Arrays.fill(to, input.number(0));
        }
    }

    private static void compare(
            Pointwise op, double[] x, double[] y, byte[] out, int start, int n) {
        int same =
                switch (op) {
                    case EQUAL -> 1;
                    case NOT_EQUAL -> 0;
                    default -> throw refused(op);
                };
        for (int i = 0; i < n; i++) {
            boolean equal = x[2 * i] == y[2 * i] && x[2 * i + 1] == y[2 * i + 1];
            out[start + i] = (byte) (equal ? same : 1 - same);
        }
    }

    private static void realPart(Pointwise op, double[] x, double[] result, int n) {
        switch (op) {
            case REAL -> {
                for (int i = 0; i < n; i++) {
                    result[i] = x[2 * i];
                }
            }
            case IMAG -> {
                for (int i = 0; i < n; i++) {
                    result[i] = x[2 * i + 1];
                }
            }
            case ABS -> {
                for (int i = 0; i < n; i++) {
                    result[i] = Math.hypot(x[2 * i], x[2 * i + 1]);
                }
            }
            default -> throw refused(op);
        }
    }

    private static void compute(Pointwise op, double[] x, double[] y, double[] out, int n) {
        switch (op) {
            case ADD -> {
                for (int i = 0; i < 2 * n; i++) {
                    out[i] = x[i] + y[i];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < 2 * n; i++) {
                    out[i] = x[i] - y[i];
                }
            }
            case NEGATE -> {
                for (int i = 0; i < 2 * n; i++) {
                    out[i] = -x[i];
                }
            }
            case CONJ -> {
                for (int i = 0; i < 2 * n; i += 2) {
                    out[i] = x[i];
                    out[i + 1] = -x[i + 1];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < 2 * n; i += 2) {
                    out[i] = x[i] * y[i] - x[i + 1] * y[i + 1];
                    out[i + 1] = x[i] * y[i + 1] + x[i + 1] * y[i];
                }
            }
            case DIVIDE -> each(ComplexMath::divide, x, y, out, n);
            case POWER -> each(ComplexMath::power, x, y, out, n);
            default -> each(unary(op), x, out, n);
        }
    }

    private static ComplexMath.Unary unary(Pointwise op) {
        return switch (op) {
            case SIGN -> ComplexMath::sign;
            case SQRT -> ComplexMath::sqrt;
            case RSQRT -> ComplexMath::rsqrt;
            case EXP -> ComplexMath::exp;
            case EXPM1 -> ComplexMath::expm1;
            case LOG -> ComplexMath::log;
            case LOG1P -> ComplexMath::log1p;
            case SIN -> ComplexMath::sin;
            case COS -> ComplexMath::cos;
            case TAN -> ComplexMath::tan;
            case SINH -> ComplexMath::sinh;
            case COSH -> ComplexMath::cosh;
            case TANH -> ComplexMath::tanh;
            case ASIN -> ComplexMath::asin;
            case ACOS -> ComplexMath::acos;
            case ATAN -> ComplexMath::atan;
            case ASINH -> ComplexMath::asinh;
            case ACOSH -> ComplexMath::acosh;
            case ATANH -> ComplexMath::atanh;
            case SIGMOID -> ComplexMath::sigmoid;
            default -> throw refused(op);
        };
    }

    private static void each(ComplexMath.Unary function, double[] x, double[] out, int n) {
        for (int i = 0; i < 2 * n; i += 2) {
            function.apply(x[i], x[i + 1], out, i);
        }
    }

    private static void each(
            ComplexMath.Binary function, double[] x, double[] y, double[] out, int n) {
        for (int i = 0; i < 2 * n; i += 2) {
            function.apply(x[i], x[i + 1], y[i], y[i + 1], out, i);
        }
    }

    private static TensorException refused(Pointwise op) {
        return new TensorException(op.label() + ": does not take complex numbers");
    }
}
