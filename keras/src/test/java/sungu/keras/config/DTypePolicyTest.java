package sungu.keras.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import sungu.tensor.DType;
import sungu.tensor.TensorException;

import java.util.Map;

class DTypePolicyTest {
    @ParameterizedTest
    @CsvSource({
        "float32, DTypePolicy",
        "mixed_bfloat16, DTypePolicy",
        "int8_from_float32, QuantizedDTypePolicy",
        "int4_from_mixed_bfloat16, QuantizedDTypePolicy",
        "int4/128_from_float32, Int4DTypePolicy",
        "int4/-1_from_float32, Int4DTypePolicy",
        "ternary_from_float32, TernaryDTypePolicy",
        "float8_from_mixed_bfloat16, QuantizedFloat8DTypePolicy"
    })
    void policiesAreReadBackAsWritten(String name, String className) {
        var policy = DTypePolicy.of(name);
        var tree = DTypePolicy.CODEC.encode(policy);
        assertEquals(
                className, ((Map<?, ?>) java.util.Objects.requireNonNull(tree)).get("class_name"));
        assertEquals(policy, DTypePolicy.CODEC.decode(tree));
        assertEquals(policy, Serialization.deserialize(tree));
        assertEquals(name, policy.name());
    }

    @Test
    void quantizedPoliciesComputeAsTheirSource() {
        var policy = DTypePolicy.of("int4/64_from_mixed_bfloat16");
        assertEquals(DType.BFLOAT16, policy.computeDtype());
        assertEquals(DType.FLOAT32, policy.variableDtype());
        assertEquals(
                new Quantization("int4/64", Quantization.Kind.INT4, 64, Quantization.HISTORY),
                policy.quantization());
        assertNull(DTypePolicy.of("float32").quantization());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int8_from_mixed_float16",
                "int4/0_from_float32",
                "int4/x_from_float32",
                "int8/4_from_float32",
                "int3_from_float32",
                "int8_from_int8_from_float32"
            })
    void policiesThatDoNotWorkAreRefused(String name) {
        assertThrows(TensorException.class, () -> DTypePolicy.of(name));
    }
}
