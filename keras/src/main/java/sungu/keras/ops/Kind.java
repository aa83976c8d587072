package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.KerasConfig;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.List;

/** The dtype rules that many operations share. */
final class Kind {
    private Kind() {}

    /** A dtype by the name that Keras takes; {@code int} and {@code float} are Python's. */
    static DType dtype(String name) {
        return switch (name) {
            case "int" -> DType.INT64;
            case "float" -> DType.FLOAT32;
            default -> DType.of(name);
        };
    }

    /** In the dtype that a weak float promotes it to: floating or complex. */
    static Tensor floating(Tensor x) {
        return x.dtype().isFloating() && x.dtype().bytes() > 1
                ? x
                : Conversion.cast(x, Promotion.result(x.dtype(), Promotion.Weak.FLOAT));
    }

    /** The dtype of sums: small integers are widened. */
    static DType summed(DType dtype) {
        return switch (dtype) {
            case BOOL, INT8, INT16 -> DType.INT32;
            case UINT8, UINT16 -> DType.UINT32;
            default -> dtype;
        };
    }

    /** Operands brought to their common dtype. */
    static List<Tensor> promoted(@Nullable Object... operands) {
        return promotedWith(List.of(), operands);
    }

    /** Operands brought to the dtype that they and further kinds have in common. */
    static List<Tensor> promotedWith(List<?> further, @Nullable Object... operands) {
        var kinds = new ArrayList<Object>();
        var prepared = new ArrayList<@Nullable Object>();
        for (var operand : operands) {
            Object ready =
                    operand instanceof Number
                            ? operand
                            : operand instanceof Boolean ? operand : Conversion.tensor(operand);
            prepared.add(ready);
            kinds.add(Conversion.kind(ready));
        }
        kinds.addAll(further);
        var dtype = stringOr(kinds);
        var tensors = new ArrayList<Tensor>();
        prepared.forEach(operand -> tensors.add(Conversion.tensor(operand, dtype)));
        return tensors;
    }

    private static DType stringOr(List<Object> kinds) {
        return kinds.stream().allMatch(kind -> kind == DType.STRING)
                ? DType.STRING
                : Promotion.result(kinds);
    }

    /** A list of tensors brought to their common dtype. */
    static List<Tensor> together(List<Tensor> tensors) {
        boolean same =
                tensors.stream().allMatch(tensor -> tensor.dtype() == tensors.getFirst().dtype());
        if (same) {
            return tensors;
        }
        var dtype = Promotion.result(tensors.stream().map(Tensor::dtype).toList());
        return tensors.stream().map(tensor -> Conversion.cast(tensor, dtype)).toList();
    }

    static Tensor weak(double value, Tensor like) {
        return Conversion.scalar(value, like.dtype());
    }

    static DType floatx() {
        return KerasConfig.floatx();
    }
}
