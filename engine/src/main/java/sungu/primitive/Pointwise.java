package sungu.primitive;

import static sungu.ops.Elements.*;

import org.jspecify.annotations.Nullable;

import sungu.kernel.PointwiseKernel;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.util.Locale;

/**
 * The scalar instructions: elementwise primitives without settings. Each line is an instruction,
 * what it takes, and its gradient.
 *
 * <p>In a gradient rule {@code g.d()} is the cotangent, {@code g.x()} and {@code g.y()} the
 * operands, {@code g.out()} the result. Results of rules are brought back to the shape of a scalar
 * operand in one place, {@link #gradient}.
 */
public enum Pointwise implements Elementwise {
    // ---- one operand
    // ----------------------------------------------------------------------------------------------------------
    NEGATE(1, Takes.NUMBERS, g -> g.each(() -> negate(g.d()))),
    ABS(
            1,
            Takes.NUMBERS,
            g ->
                    g.each(() ->
                            g.x().dtype().isComplex()
                                    ? complexAbsGradient(g)
                                    : g.d().times(sign(g.x())))),
    SIGN(1, Takes.NUMBERS, Gradient::none),
    FLOOR(1, Takes.REALS, Gradient::none),
    CEIL(1, Takes.REALS, Gradient::none),
    /** Rounds half to even. */
    ROUND(1, Takes.REALS, Gradient::none),
    TRUNCATE(1, Takes.REALS, Gradient::none),
    SQRT(1, Takes.FLOATING, g -> g.each(() -> g.d().times(0.5).div(conj(g.out())))),
    RSQRT(
            1,
            Takes.FLOATING,
            g ->
                    g.each(() ->
                            g.d().times(conj(g.out().times(g.out()).times(g.out()))).times(-0.5))),
    EXP(1, Takes.FLOATING, g -> g.each(() -> g.d().times(conj(g.out())))),
    EXPM1(1, Takes.FLOATING, g -> g.each(() -> g.d().times(exp(conj(g.x()))))),
    LOG(1, Takes.FLOATING, g -> g.each(() -> g.d().div(conj(g.x())))),
    LOG1P(1, Takes.FLOATING, g -> g.each(() -> g.d().div(conj(g.x()).plus(1)))),
    SIN(1, Takes.FLOATING, g -> g.each(() -> g.d().times(cos(conj(g.x()))))),
    COS(1, Takes.FLOATING, g -> g.each(() -> negate(g.d().times(sin(conj(g.x())))))),
    TAN(1, Takes.FLOATING, g -> g.each(() -> g.d().div(square(cos(conj(g.x())))))),
    ASIN(1, Takes.FLOATING, g -> g.each(() -> g.d().div(sqrt(oneMinusSquare(conj(g.x())))))),
    ACOS(
            1,
            Takes.FLOATING,
            g -> g.each(() -> negate(g.d().div(sqrt(oneMinusSquare(conj(g.x()))))))),
    ATAN(1, Takes.FLOATING, g -> g.each(() -> g.d().div(square(conj(g.x())).plus(1)))),
    SINH(1, Takes.FLOATING, g -> g.each(() -> g.d().times(cosh(conj(g.x()))))),
    COSH(1, Takes.FLOATING, g -> g.each(() -> g.d().times(sinh(conj(g.x()))))),
    TANH(1, Takes.FLOATING, g -> g.each(() -> g.d().times(oneMinusSquare(conj(g.out()))))),
    ASINH(1, Takes.FLOATING, g -> g.each(() -> g.d().div(cosh(conj(g.out()))))),
    ACOSH(1, Takes.FLOATING, g -> g.each(() -> g.d().div(sinh(conj(g.out()))))),
    ATANH(1, Takes.FLOATING, g -> g.each(() -> g.d().div(oneMinusSquare(conj(g.x()))))),
    SIGMOID(
            1,
            Takes.FLOATING,
            g -> g.each(() -> g.d().times(conj(g.out().times(oneMinus(g.out())))))),
    /** log(1 + exp(x)) without overflow. */
    SOFTPLUS(1, Takes.REAL_FLOATING, g -> g.each(() -> g.d().times(sigmoid(g.x())))),
    /** The error function; gradient 2/sqrt(pi) exp(-x^2). */
    ERF(
            1,
            Takes.REAL_FLOATING,
            g ->
                    g.each(() ->
                            g.d().times(exp(negate(square(g.x()))).times(2 / Math.sqrt(Math.PI))))),
    ERFC(
            1,
            Takes.REAL_FLOATING,
            g ->
                    g.each(() ->
                            g.d().times(
                                            exp(negate(square(g.x())))
                                                    .times(-2 / Math.sqrt(Math.PI))))),
    ERFINV(
            1,
            Takes.REAL_FLOATING,
            g -> g.each(() -> g.d().times(exp(square(g.out())).times(Math.sqrt(Math.PI) / 2)))),
    LGAMMA(1, Takes.REAL_FLOATING, g -> g.each(() -> g.d().times(digamma(g.x())))),
    /**
     * The derivative of {@link #LGAMMA}; its own derivative, the trigamma function, is {@link
     * #TRIGAMMA}.
     */
    DIGAMMA(1, Takes.REAL_FLOATING, g -> g.each(() -> g.d().times(trigamma(g.x())))),
    TRIGAMMA(1, Takes.REAL_FLOATING, Gradient::none),
    IS_FINITE(1, Takes.REAL_FLOATING, Gradient::none),
    LOGICAL_NOT(1, Takes.BOOLS, Gradient::none),
    BITWISE_NOT(1, Takes.BITS, Gradient::none),
    CONJ(1, Takes.COMPLEX, g -> g.each(() -> conj(g.d()))),
    REAL(1, Takes.COMPLEX, g -> g.each(() -> complex(g.d(), g.d().times(0)))),
    IMAG(1, Takes.COMPLEX, g -> g.each(() -> complex(g.d().times(0), g.d()))),

    // ---- two operands
    // ---------------------------------------------------------------------------------------------------------
    ADD(2, Takes.ADDABLE, g -> g.each(g::d, g::d)),
    SUBTRACT(2, Takes.NUMBERS, g -> g.each(g::d, () -> negate(g.d()))),
    MULTIPLY(
            2,
            Takes.NUMBERS,
            g -> g.each(() -> g.d().times(conj(g.y())), () -> g.d().times(conj(g.x())))),
    /**
     * True division of floating numbers; of integers the quotient is cut off towards zero, as
     * TensorFlow's {@code tf.math.divide} kernels do.
     */
    DIVIDE(
            2,
            Takes.NUMBERS,
            g ->
                    g.each(
                            () -> g.d().div(conj(g.y())),
                            () -> negate(g.d().times(conj(g.out().div(g.y())))))),
    FLOOR_DIVIDE(2, Takes.REALS, Gradient::none),
    /** The remainder with the sign of the divisor. */
    FLOOR_MOD(
            2,
            Takes.REALS,
            g -> g.each(g::d, () -> negate(g.d().times(floorDivide(g.x(), g.y()))))),
    /** The remainder with the sign of the dividend. */
    REMAINDER(
            2,
            Takes.REALS,
            g -> g.each(g::d, () -> negate(g.d().times(truncate(g.x().div(g.y())))))),
    POWER(
            2,
            Takes.NUMBERS,
            g ->
                    g.each(
                            () -> g.d().times(conj(g.y().times(pow(g.x(), g.y().minus(1))))),
                            () -> g.d().times(conj(g.out().times(safeLog(g.x())))))),
    /**
     * The smaller one; NaN if either is. Ties send the gradient to the first operand, as TensorFlow
     * does.
     */
    MINIMUM(
            2,
            Takes.REALS,
            g ->
                    g.each(
                            () -> select(lessEqual(g.x(), g.y()), g.d(), g.d().times(0)),
                            () -> select(lessEqual(g.x(), g.y()), g.d().times(0), g.d()))),
    /**
     * The larger one; NaN if either is. Ties send the gradient to the first operand, as TensorFlow
     * does.
     */
    MAXIMUM(
            2,
            Takes.REALS,
            g ->
                    g.each(
                            () -> select(greaterEqual(g.x(), g.y()), g.d(), g.d().times(0)),
                            () -> select(greaterEqual(g.x(), g.y()), g.d().times(0), g.d()))),
    ATAN2(
            2,
            Takes.REAL_FLOATING,
            g ->
                    g.each(
                            () -> g.d().times(g.y()).div(square(g.x()).plus(square(g.y()))),
                            () ->
                                    negate(
                                            g.d().times(g.x())
                                                    .div(square(g.x()).plus(square(g.y())))))),
    NEXT_AFTER(2, Takes.REAL_FLOATING, g -> g.each(g::d, () -> g.y().times(0))),
    AND(2, Takes.BITS_OR_BOOLS, Gradient::none),
    OR(2, Takes.BITS_OR_BOOLS, Gradient::none),
    XOR(2, Takes.BITS_OR_BOOLS, Gradient::none),
    SHIFT_LEFT(2, Takes.BITS, Gradient::none),
    /** Arithmetic for signed, logical for unsigned types. */
    SHIFT_RIGHT(2, Takes.BITS, Gradient::none),
    /** The regularized lower incomplete gamma function P(a, x). */
    GAMMAINC(
            2,
            Takes.REAL_FLOATING,
            g ->
                    g.each(
                            () -> g.d().times(gammaincGradientA(g.x(), g.y())),
                            () ->
                                    g.d().times(
                                                    exp(
                                                            negate(g.y())
                                                                    .plus(
                                                                            g.x().minus(1)
                                                                                    .times(
                                                                                            log(
                                                                                                    g
                                                                                                            .y())))
                                                                    .minus(lgamma(g.x())))))),
    /** The derivative of {@link #GAMMAINC} by its first operand. */
    GAMMAINC_GRADIENT_A(2, Takes.REAL_FLOATING, Gradient::none),
    EQUAL(2, Takes.ANYTHING, Gradient::none),
    NOT_EQUAL(2, Takes.ANYTHING, Gradient::none),
    LESS(2, Takes.REALS, Gradient::none),
    LESS_EQUAL(2, Takes.REALS, Gradient::none),
    GREATER(2, Takes.REALS, Gradient::none),
    GREATER_EQUAL(2, Takes.REALS, Gradient::none),
    /** A complex number from its real and imaginary part. */
    COMPLEX(2, Takes.PARTS, g -> g.each(() -> real(g.d()), () -> imag(g.d()))),

    // ---- three operands
    // -------------------------------------------------------------------------------------------------------
    /** The second operand where the first is true, else the third. */
    SELECT(
            3,
            Takes.ANYTHING,
            g ->
                    g.each(
                            () -> null,
                            () -> select(g.x(), g.d(), zerosLike(g.d())),
                            () -> select(g.x(), zerosLike(g.d()), g.d())));

    private interface Rule {
        @Nullable Tensor[] apply(Gradient g);
    }

    /** The dtypes that an instruction takes. */
    private enum Takes {
        NUMBERS("numbers"),
        REALS("real numbers"),
        FLOATING("floating-point or complex numbers"),
        REAL_FLOATING("floating-point numbers"),
        COMPLEX("complex numbers"),
        PARTS("float32 or float64"),
        BOOLS("bool"),
        BITS("integers"),
        BITS_OR_BOOLS("integers or bool"),
        ADDABLE("numbers or strings"),
        ANYTHING("anything");

        final String words;

        Takes(String words) {
            this.words = words;
        }

        boolean accepts(DType type) {
            return switch (this) {
                case NUMBERS -> type != DType.BOOL && type != DType.STRING;
                case REALS -> type.isFloating() || type.isInteger() || type == DType.BOOL;
                case FLOATING -> type.isDifferentiable();
                case REAL_FLOATING -> type.isFloating();
                case COMPLEX -> type.isComplex();
                case PARTS -> type == DType.FLOAT32 || type == DType.FLOAT64;
                case BOOLS -> type == DType.BOOL;
                case BITS -> type.isInteger();
                case BITS_OR_BOOLS -> type.isInteger() || type == DType.BOOL;
                case ADDABLE -> type != DType.BOOL;
                case ANYTHING -> true;
            };
        }
    }

    private final String label = name().toLowerCase(Locale.ROOT);
    private final int arity;
    private final Takes takes;
    private final Rule rule;

    Pointwise(int arity, Takes takes, Rule rule) {
        this.arity = arity;
        this.takes = takes;
        this.rule = rule;
    }

    /** The number of operands. */
    public int arity() {
        return arity;
    }

    @Override
    public String label() {
        return label;
    }

    /** Whether the result is bool whatever the operands are. */
    public boolean isPredicate() {
        return switch (this) {
            case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, IS_FINITE -> true;
            default -> false;
        };
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        if (inputs.length != arity) {
            throw new TensorException(
                    label + ": takes " + arity + " operands, got " + inputs.length);
        }
        int first = this == SELECT ? 1 : 0;
        DType dtype = inputs[first].dtype();
        if (this == SELECT && inputs[0].dtype() != DType.BOOL) {
            throw new TensorException(
                    "select: the condition must be bool, got " + inputs[0],
                    "compare it: x.greater(0)");
        }
        Shape shape = inputs[0].shape();
        for (int i = 1; i < arity; i++) {
            if (i > first && inputs[i].dtype() != dtype) {
                throw differentDtypes(label, inputs[first], inputs[i]);
            }
            Shape other = inputs[i].shape();
            if (shape.rank() == 0) {
                shape = other;
            } else if (other.rank() != 0 && !other.equals(shape)) {
                throw new TensorException(
                        label + ": shapes differ: " + inputs[0] + " and " + inputs[i]);
            }
        }
        if (!takes.accepts(dtype)) {
            throw new TensorException(
                    label + ": takes " + takes.words + ", got " + inputs[first],
                    takes == Takes.FLOATING || takes == Takes.REAL_FLOATING || takes == Takes.PARTS
                            ? "cast it first: x.cast(DType.FLOAT32)"
                            : "");
        }
        DType result =
                isPredicate()
                        ? DType.BOOL
                        : switch (this) {
                            case REAL, IMAG -> dtype.real();
                            case ABS -> dtype.real();
                            case COMPLEX ->
                                    dtype == DType.FLOAT64 ? DType.COMPLEX128 : DType.COMPLEX64;
                            default -> dtype;
                        };
        return new TensorType[] {new TensorType(result, shape)};
    }

    /** The error for two operands of different dtypes: it says which cast to write. */
    public static TensorException differentDtypes(String name, TensorType x, TensorType y) {
        return new TensorException(
                name + ": dtypes differ: " + x + " and " + y,
                "nothing is cast silently; write x.cast("
                        + y.dtype().constant()
                        + ") or y.cast("
                        + x.dtype().constant()
                        + ")");
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        PointwiseKernel.run(this, inputs, outputs[0]);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        var gradients = rule.apply(g);
        for (int i = 0; i < gradients.length; i++) {
            Tensor gradient = gradients[i];
            if (gradient != null && !gradient.shape().equals(g.x(i).shape())) {
                gradients[i] =
                        gradient.rank() == 0
                                ? broadcastLike(gradient, g.x(i))
                                : Reductions.sum(gradient, false);
            }
        }
        return gradients;
    }

    @Override
    public String toString() {
        return label;
    }

    private static Tensor oneMinus(Tensor x) {
        return weak(1, x).minus(x);
    }

    private static Tensor oneMinusSquare(Tensor x) {
        return oneMinus(square(x));
    }

    /**
     * log(x) where x is positive, else 0: the derivative of a power by its exponent at a base of
     * zero or below counts as 0.
     */
    private static Tensor safeLog(Tensor x) {
        Tensor usable =
                x.dtype().isComplex() ? notEqual(x, zerosLike(x)) : greater(x, zerosLike(x));
        return select(usable, log(select(usable, x, weak(1, x))), zerosLike(x));
    }

    private static Tensor complexAbsGradient(Gradient g) {
        return complex(g.d(), g.d().times(0)).times(sign(g.x()));
    }
}
