package sungu.kernel;

import sungu.primitive.Pointwise;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * The real floating-point instructions as functions of doubles, with the special values that
 * TensorFlow's kernels return. Integer, bit and complex instructions are not among them. Predicates
 * give 1 or 0.
 *
 * <p>One result depends on the type: TensorFlow rounds the quotient of {@code floor_divide} to the
 * operands' type before it takes the floor, so that 1f / 0.1f counts as 10. Loops over float do
 * that division in float themselves.
 */
public final class SpecialFunctions {
    private static final double LN2 = Math.log(2);

    private SpecialFunctions() {}

    /** The function of one operand that an instruction computes. */
    public static DoubleUnaryOperator unary(Pointwise op) {
        return switch (op) {
            case NEGATE -> x -> -x;
            case ABS -> Math::abs;
            case SIGN -> SpecialFunctions::sign;
            case FLOOR -> Math::floor;
            case CEIL -> Math::ceil;
            case ROUND -> Math::rint;
            case TRUNCATE -> x -> x < 0 ? Math.ceil(x) : Math.floor(x);
            case SQRT -> Math::sqrt;
            case RSQRT -> x -> 1 / Math.sqrt(x);
            case EXP -> Math::exp;
            case EXPM1 -> Math::expm1;
            case LOG -> Math::log;
            case LOG1P -> Math::log1p;
            case SIN -> Math::sin;
            case COS -> Math::cos;
            case TAN -> Math::tan;
            case ASIN -> Math::asin;
            case ACOS -> Math::acos;
            case ATAN -> Math::atan;
            case SINH -> Math::sinh;
            case COSH -> Math::cosh;
            case TANH -> Math::tanh;
            case ASINH -> SpecialFunctions::asinh;
            case ACOSH -> SpecialFunctions::acosh;
            case ATANH -> SpecialFunctions::atanh;
            case SIGMOID -> SpecialFunctions::sigmoid;
            case SOFTPLUS -> SpecialFunctions::softplus;
            case ERF -> ErrorFunctions::erf;
            case ERFC -> ErrorFunctions::erfc;
            case ERFINV -> ErrorFunctions::erfinv;
            case LGAMMA -> GammaFunctions::lgamma;
            case DIGAMMA -> GammaFunctions::digamma;
            case TRIGAMMA -> GammaFunctions::trigamma;
            case IS_FINITE -> x -> Double.isFinite(x) ? 1 : 0;
            default ->
                    throw new IllegalArgumentException("not a function of one real number: " + op);
        };
    }

    /** The function of two operands that an instruction computes. */
    public static DoubleBinaryOperator binary(Pointwise op) {
        return switch (op) {
            case ADD -> Double::sum;
            case SUBTRACT -> (x, y) -> x - y;
            case MULTIPLY -> (x, y) -> x * y;
            case DIVIDE -> (x, y) -> x / y;
            case FLOOR_DIVIDE -> (x, y) -> Math.floor(x / y);
            case FLOOR_MOD -> SpecialFunctions::floorMod;
            case REMAINDER -> (x, y) -> x % y;
            case POWER -> SpecialFunctions::power;
            case MINIMUM -> Math::min;
            case MAXIMUM -> Math::max;
            case ATAN2 -> Math::atan2;
            case NEXT_AFTER -> (x, y) -> x == y ? y : Math.nextAfter(x, y);
            case GAMMAINC -> IncompleteGamma::lower;
            case GAMMAINC_GRADIENT_A -> IncompleteGamma::lowerGradientA;
            case EQUAL -> (x, y) -> x == y ? 1 : 0;
            case NOT_EQUAL -> (x, y) -> x != y ? 1 : 0;
            case LESS -> (x, y) -> x < y ? 1 : 0;
            case LESS_EQUAL -> (x, y) -> x <= y ? 1 : 0;
            case GREATER -> (x, y) -> x > y ? 1 : 0;
            case GREATER_EQUAL -> (x, y) -> x >= y ? 1 : 0;
            default ->
                    throw new IllegalArgumentException("not a function of two real numbers: " + op);
        };
    }

    private static double sign(double x) {
        return x > 0 ? 1 : x < 0 ? -1 : x != x ? x : 0;
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /**
     * The remainder with the sign of the divisor; a remainder of 0 keeps the sign of the dividend,
     * as in TensorFlow.
     */
    private static double floorMod(double x, double y) {
        double remainder = x % y;
        return remainder != 0 && (y < 0) != (remainder < 0) ? remainder + y : remainder;
    }

    /**
     * As C's pow (C17, F.10.4.4): unlike Java's, 1 to any power and -1 to an infinite one are 1.
     */
    static double power(double x, double y) {
        return x == 1 || (x == -1 && Double.isInfinite(y)) ? 1 : Math.pow(x, y);
    }

    /**
     * Inverse hyperbolic sine, DLMF 4.37.16 arranged so that nothing cancels or overflows: log1p(x
     * + x^2 / (1 + sqrt(1 + x^2))).
     */
    static double asinh(double x) {
        double a = Math.abs(x);
        double result =
                a < 0x1p28 ? Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a))) : Math.log(a) + LN2;
        return Math.copySign(result, x);
    }

    /**
     * Inverse hyperbolic cosine, DLMF 4.37.19 in t = x - 1: log1p(t + sqrt(t (t + 2))); NaN below
     * 1.
     */
    static double acosh(double x) {
        double t = x - 1;
        return x < 0x1p28 ? Math.log1p(t + Math.sqrt(t * (t + 2))) : Math.log(x) + LN2;
    }

    /**
     * Inverse hyperbolic tangent, DLMF 4.37.24 as log1p(2 x / (1 - x)) / 2; infinite at 1 and -1,
     * NaN beyond.
     */
    static double atanh(double x) {
        double a = Math.abs(x);
        return Math.copySign(0.5 * Math.log1p(2 * a / (1 - a)), x);
    }

    /**
     * A polynomial of degree 1 or more: even and odd powers by Horner's rule side by side;
     * coefficients in rising powers.
     */
    static double polynomial(double x, double... coefficients) {
        double square = x * x;
        int i = coefficients.length - 1;
        double first = coefficients[i];
        double second = coefficients[i - 1];
        for (i -= 2; i > 0; i -= 2) {
            first = first * square + coefficients[i];
            second = second * square + coefficients[i - 1];
        }
        return i == 0 ? (first * square + coefficients[0]) + second * x : first * x + second;
    }
}
