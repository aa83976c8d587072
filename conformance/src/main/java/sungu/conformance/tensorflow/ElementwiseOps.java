package sungu.conformance.tensorflow;

import sungu.ops.Elements;
import sungu.ops.Nets;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Elementwise functions by name, written once for dense tensors: ragged and sparse tables apply
 * them to the values inside.
 */
final class ElementwiseOps {
    /** Functions of one tensor: signature to operation. */
    static final Map<String, UnaryOperator<Tensor>> UNARY = unary();

    /** Functions of two tensors: signature to operation. */
    static final Map<String, BinaryOperator<Tensor>> BINARY = binary();

    private ElementwiseOps() {}

    private static Map<String, UnaryOperator<Tensor>> unary() {
        var rows = new LinkedHashMap<String, UnaryOperator<Tensor>>();
        rows.put("tf.abs(x)", Elements::abs);
        rows.put("tf.bitwise.invert(x)", Elements::bitwiseNot);
        rows.put("tf.cos(x)", Elements::cos);
        rows.put("tf.exp(x)", Elements::exp);
        rows.put("tf.identity(input)", x -> x);
        rows.put("tf.logical_not(x)", Elements::logicalNot);
        rows.put("tf.math.ceil(x)", Elements::ceil);
        rows.put("tf.math.erf(x)", Elements::erf);
        rows.put("tf.math.is_finite(x)", Elements::isFinite);
        rows.put("tf.math.is_nan(x)", Elements::isNan);
        rows.put("tf.math.log1p(x)", Elements::log1p);
        rows.put("tf.math.log_sigmoid(x)", Nets::logSigmoid);
        rows.put("tf.math.reciprocal(x)", x -> Elements.onesLike(x).div(x));
        rows.put("tf.math.rsqrt(x)", Elements::rsqrt);
        rows.put("tf.math.sqrt(x)", Elements::sqrt);
        rows.put("tf.negative(x)", Elements::negate);
        rows.put("tf.nn.elu(features)", x -> Nets.elu(x, 1));
        rows.put("tf.nn.gelu(features)", x -> Nets.gelu(x, false));
        rows.put("tf.nn.leaky_relu(features)", x -> Nets.leakyRelu(x, 0.2));
        rows.put("tf.nn.relu(features)", Nets::relu);
        rows.put("tf.nn.silu(features)", Nets::silu);
        rows.put("tf.nn.softplus(features)", Elements::softplus);
        rows.put("tf.ones_like(input)", Elements::onesLike);
        rows.put("tf.round(x)", Elements::round);
        rows.put("tf.sigmoid(x)", Elements::sigmoid);
        rows.put("tf.sign(x)", Elements::sign);
        rows.put("tf.sin(x)", Elements::sin);
        rows.put("tf.sqrt(x)", Elements::sqrt);
        rows.put("tf.square(x)", Elements::square);
        rows.put("tf.tanh(x)", Elements::tanh);
        rows.put("tf.zeros_like(input)", Elements::zerosLike);
        return rows;
    }

    private static Map<String, BinaryOperator<Tensor>> binary() {
        var rows = new LinkedHashMap<String, BinaryOperator<Tensor>>();
        rows.put("tf.add(x, y)", Elements::add);
        rows.put("tf.bitwise.bitwise_and(x, y)", Elements::and);
        rows.put("tf.bitwise.bitwise_or(x, y)", Elements::or);
        rows.put("tf.bitwise.bitwise_xor(x, y)", Elements::xor);
        rows.put("tf.bitwise.left_shift(x, y)", Elements::shiftLeft);
        rows.put("tf.bitwise.right_shift(x, y)", Elements::shiftRight);
        rows.put("tf.divide(x, y)", Elements::trueDivide);
        rows.put("tf.equal(x, y)", Elements::equal);
        rows.put("tf.greater_equal(x, y)", Elements::greaterEqual);
        rows.put("tf.less(x, y)", Elements::less);
        rows.put("tf.math.divide_no_nan(x, y)", Elements::divideNoNan);
        rows.put("tf.math.floordiv(x, y)", Elements::floorDivide);
        rows.put("tf.math.floormod(x, y)", Elements::floorMod);
        rows.put("tf.math.logical_and(x, y)", Elements::and);
        rows.put("tf.math.squared_difference(x, y)", (x, y) -> Elements.square(x.minus(y)));
        rows.put("tf.maximum(x, y)", Elements::maximum);
        rows.put("tf.minimum(x, y)", Elements::minimum);
        rows.put("tf.multiply(x, y)", Elements::multiply);
        rows.put("tf.not_equal(x, y)", Elements::notEqual);
        rows.put("tf.pow(x, y)", Elements::pow);
        rows.put("tf.subtract(x, y)", Elements::subtract);
        return rows;
    }

    static void rows(TfOperation.Table table) {
        UNARY.forEach((signature, operation) -> {
            var name = parameters(signature).getFirst();
            table.row(signature, a -> operation.apply(a.tensor(name)));
        });
        BINARY.forEach((signature, operation) ->
                table.row(
                        signature,
                        a -> {
                            var dtype = a.commonDtype("x", "y");
                            return operation.apply(a.tensor("x", dtype), a.tensor("y", dtype));
                        }));
    }

    /** The parameters of a signature. */
    static List<String> parameters(String signature) {
        return TfOperation.Row.of(signature, null, a -> a).parameters();
    }

    /** A cast that keeps within the range of an integer type. */
    static Tensor saturate(Tensor x, DType dtype) {
        if (!dtype.isInteger() || x.dtype().isInteger()) {
            return x.cast(dtype);
        }
        int bits = 8 * dtype.bytes();
        double high =
                dtype.isUnsigned() ? Math.scalb(1.0, bits) - 1 : Math.scalb(1.0, bits - 1) - 1;
        double low = dtype.isUnsigned() ? 0 : -high - 1;
        return Elements.clip(x, Elements.weak(low, x), Elements.weak(high, x)).cast(dtype);
    }
}
