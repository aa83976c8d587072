package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** How the methods of {@link Ops} reach their operations. */
abstract sealed class FacadeCalls permits NumericFunctions {
    static Object call(String name, @Nullable Object... arguments) {
        return Objects.requireNonNull(Operations.require(name).call(arguments));
    }

    static Object[] joined(Object first, Object[] rest) {
        var all = new ArrayList<Object>(List.of(first));
        all.addAll(Arrays.asList(rest));
        return all.toArray();
    }

    static Tensor tensor(Object result) {
        return (Tensor) result;
    }

    static List<Tensor> tensors(Object result) {
        return ((List<?>) result).stream().map(Tensor.class::cast).toList();
    }

    static List<Long> numbers(Object result) {
        return ((List<?>) result).stream().map(Long.class::cast).toList();
    }
}
