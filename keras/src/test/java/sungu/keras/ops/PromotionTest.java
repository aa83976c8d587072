package sungu.keras.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

class PromotionTest {
    @ParameterizedTest
    @CsvSource({
        "BOOL, BOOL, BOOL",
        "BOOL, INT8, INT8",
        "INT8, UINT8, INT16",
        "INT16, UINT16, INT32",
        "INT32, UINT32, INT64",
        "INT64, UINT32, INT64",
        "UINT8, UINT16, UINT16",
        "INT32, FLOAT16, FLOAT16",
        "INT64, BFLOAT16, BFLOAT16",
        "FLOAT16, BFLOAT16, FLOAT32",
        "FLOAT32, FLOAT64, FLOAT64",
        "INT64, FLOAT32, FLOAT32",
        "UINT64, UINT8, UINT32",
        "INT64, UINT64, FLOAT32",
        "FLOAT32, COMPLEX64, COMPLEX64",
        "FLOAT64, COMPLEX64, COMPLEX64"
    })
    void twoDtypesMeetInTheirLeastUpperBound(DType x, DType y, DType expected) {
        assertEquals(expected, Promotion.result(x, y));
        assertEquals(expected, Promotion.result(y, x));
    }

    @Test
    void numbersGiveWayToTensors() {
        assertEquals(DType.INT8, Promotion.result(DType.INT8, Promotion.Weak.INT));
        assertEquals(DType.BFLOAT16, Promotion.result(DType.BFLOAT16, Promotion.Weak.FLOAT));
        assertEquals(DType.FLOAT32, Promotion.result(DType.INT64, Promotion.Weak.FLOAT));
        assertEquals(DType.INT32, Promotion.result(DType.BOOL, Promotion.Weak.INT));
        assertEquals(DType.INT32, Promotion.result(Promotion.Weak.INT, Promotion.Weak.INT));
    }

    @Test
    void float8IsRefused() {
        var error =
                assertThrows(
                        TensorException.class,
                        () -> Promotion.result(DType.FLOAT8_E5M2, DType.FLOAT32));
        assertEquals(
                "float8 is not promoted to other dtypes: [float8_e5m2, float32]", error.problem());
    }

    @Test
    void javaNumbersAreWeakInOperations() {
        var bytes = Tensor.of(new byte[] {1, 2});
        assertEquals(DType.INT8, Ops.add(bytes, 1L).dtype());
        assertEquals(DType.FLOAT32, Ops.add(bytes, 1.0).dtype());
        assertEquals(DType.FLOAT32, Ops.divide(bytes, 2L).dtype());
        assertEquals(DType.INT32, Ops.sum(bytes).dtype());
        assertEquals(DType.INT32, Ops.argmax(Tensor.ofFloats(1, 3, 2)).dtype());
        assertEquals(DType.FLOAT32, Ops.exp(bytes).dtype());
    }
}
