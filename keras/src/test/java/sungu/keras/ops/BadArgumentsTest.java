package sungu.keras.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Whatever an operation is called with, it gives a result or one of Sungu's own errors: random
 * tensors of all dtypes with few, many, empty and odd dimensions, numbers in and out of range, and
 * what is none of these, for every parameter.
 */
class BadArgumentsTest {
    private static final int CALLS = 60;
    private static final DType[] DTYPES = {
        DType.FLOAT32, DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16, DType.INT32,
        DType.INT32, DType.INT64, DType.INT8, DType.UINT8, DType.UINT32, DType.BOOL,
        DType.COMPLEX64, DType.STRING
    };
    private static final String[] TEXTS = {
        "same",
        "valid",
        "channels_first",
        "channels_last",
        "linear",
        "reflect",
        "float32",
        "int8",
        "constant",
        "reduced",
        "add",
        "ij,jk->ik",
        "a b -> b a",
        "nonsense",
        ""
    };

    private final Random random;

    BadArgumentsTest() {
        random = new Random(22);
    }

    private Shape shape() {
        var dims = new int[random.nextInt(random.nextInt(4) == 0 ? 6 : 4)];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(4);
        }
        return Shape.of(dims);
    }

    private Tensor tensor() {
        var dtype = DTYPES[random.nextInt(DTYPES.length)];
        var shape = shape();
        if (dtype == DType.STRING) {
            return Tensor.full(shape, 0, DType.INT8).size() == 0
                    ? Tensor.of("a")
                    : Tensor.of(new String[] {"a", "b"});
        }
        var out = HostTensor.newArray(dtype, shape);
        for (int i = 0; i < shape.size() * dtype.lanes(); i++) {
            double value =
                    random.nextInt(25) == 0 && !dtype.isInteger()
                            ? Double.NaN
                            : random.nextInt(9) - 3;
            put(out, dtype, i, value);
        }
        return new HostTensor(new TensorType(dtype, shape), out);
    }

    private static void put(Object array, DType dtype, int i, double value) {
        switch (array) {
            case float[] a -> a[i] = (float) value;
            case double[] a -> a[i] = value;
            default ->
                    Numbers.put(dtype, array, i, dtype == DType.BOOL ? Math.abs(value) % 2 : value);
        }
    }

    private @Nullable Object argument() {
        return switch (random.nextInt(16)) {
            case 0 -> null;
            case 1, 2 -> (long) random.nextInt(9) - 4;
            case 3 -> random.nextInt(9) - 4;
            case 4 -> random.nextInt(20) / 4.0 - 2;
            case 5 ->
                    random.nextInt(4) == 0
                            ? Double.NaN
                            : random.nextInt(3) == 0 ? Long.MAX_VALUE : 1L;
            case 6 -> random.nextBoolean();
            case 7 -> TEXTS[random.nextInt(TEXTS.length)];
            case 8, 9 -> {
                var list = new ArrayList<@Nullable Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(
                            random.nextInt(8) == 0
                                    ? argument()
                                    : (Object) (long) (random.nextInt(5) - 1));
                }
                yield list;
            }
            case 10 -> List.of(tensor(), tensor());
            case 11 -> (Function<Object, Object>) x -> x;
            default -> tensor();
        };
    }

    /** Sensible more often than not: tensors first, the default for half of the settings. */
    private Map<String, @Nullable Object> arguments(Operation operation) {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        Tensor last = tensor();
        for (var parameter : operation.parameters()) {
            if (!parameter.required() && random.nextInt(3) > 0) {
                continue;
            }
            boolean plain = !parameter.setting() && random.nextInt(4) > 0;
            if (plain && random.nextBoolean()) {
                last = tensor();
            }
            arguments.put(parameter.name(), plain ? last : argument());
        }
        return arguments;
    }

    @Test
    void everyCallGivesAResultOrAConsideredError() {
        var failures = new TreeMap<String, String>();
        for (var operation : Operations.all()) {
            for (int i = 0; i < CALLS; i++) {
                var arguments = arguments(operation);
                try {
                    operation.call(arguments);
                } catch (TensorException considered) {
                    if (considered.problem().contains("do not fit each other: ")) {
                        failures.putIfAbsent(
                                operation.name(), describe(arguments) + " -> " + considered);
                    }
                } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                    failures.putIfAbsent(
                            operation.name(),
                            describe(arguments)
                                    + " -> "
                                    + e
                                    + " at "
                                    + Arrays.toString(Arrays.copyOf(e.getStackTrace(), 3)));
                }
            }
        }
        assertEquals(Map.of(), failures);
    }

    private static String describe(Map<String, @Nullable Object> arguments) {
        var text = new LinkedHashMap<String, Object>();
        arguments.forEach((name, value) ->
                text.put(name, value instanceof Tensor t ? t.type() : String.valueOf(value)));
        return text.toString();
    }
}
