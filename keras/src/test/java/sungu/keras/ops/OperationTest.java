package sungu.keras.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.util.List;
import java.util.Map;

class OperationTest {
    private static KerasTensor symbolic(int... dims) {
        return new KerasTensor(new TensorType(DType.FLOAT32, Shape.of(dims)));
    }

    @Test
    void callsByParameterNames() {
        var sum = assertNotNullOperation("keras.ops.sum");
        var x = Tensor.of(new float[][] {{1, 2}, {3, 4}});
        var total =
                assertInstanceOf(
                        Tensor.class, sum.call(Map.of("x", x, "axis", -1L, "keepdims", true)));
        assertEquals(Shape.of(2, 1), total.shape());
        assertArrayEquals(new float[] {3, 7}, total.toFloats());
    }

    private static Operation assertNotNullOperation(String name) {
        var found = Operations.find(name);
        assertNotNull(found);
        return found;
    }

    @Test
    void argumentsAreChecked() {
        var take = Operations.require("take");
        assertEquals(
                "take: argument 'indices' is missing", problem(() -> take.call(Tensor.ofInts(1))));
        assertEquals(
                "take: unknown argument 'axes'",
                problem(() -> take.call(Map.of("x", Tensor.ofInts(1), "indices", 0L, "axes", 1L))));
        assertEquals(
                "reshape: argument 'newshape' must be an integer, got wide",
                problem(() -> Ops.reshape(Tensor.ofInts(1), "wide")));
        assertEquals("unknown operation 'sumsum'", problem(() -> Operations.require("sumsum")));
    }

    private static String problem(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(TensorException.class, call).problem();
    }

    @Test
    void symbolicCallsAreRecorded() {
        var x = symbolic(Shape.UNKNOWN, 4);
        var y = assertInstanceOf(KerasTensor.class, x.times(2.0).plus(1L));
        assertEquals(Shape.of(Shape.UNKNOWN, 4), y.shape());
        var node = y.node();
        assertNotNull(node);
        assertEquals(List.of(1L), node.arguments().positional().subList(1, 2));
        var tree = ((Operations.Called) node.owner()).tree();
        assertEquals("Add", tree.get("class_name"));
        assertEquals("keras.src.ops.numpy", tree.get("module"));
    }

    @Test
    void settingsStandInConfigs() {
        var y =
                assertInstanceOf(
                        KerasTensor.class,
                        Ops.any(Ops.notEqual(symbolic(Shape.UNKNOWN, 4), 0L), -1L, null));
        var node = y.node();
        assertNotNull(node);
        var config =
                assertInstanceOf(
                        Map.class, ((Operations.Called) node.owner()).tree().get("config"));
        assertEquals(-1L, config.get("axis"));
        assertEquals(DType.BOOL, y.dtype());
    }

    @Test
    void unknownDimensionsGoThroughOperations() {
        var x = symbolic(Shape.UNKNOWN, 6);
        assertEquals(Shape.of(Shape.UNKNOWN, 2, 3), Ops.reshape(x, List.of(-1L, 2L, 3L)).shape());
        assertEquals(Shape.of(Shape.UNKNOWN), Ops.mean(x, -1L).shape());
        assertEquals(Shape.of(6, Shape.UNKNOWN), Ops.transpose(x).shape());
        assertEquals(
                Shape.of(Shape.UNKNOWN, 7),
                Ops.pad(x, List.of(List.of(0L, 0L), List.of(1L, 0L))).shape());
    }

    @Test
    void everyOperationIsFoundByNameAndReadsBackByClass() {
        for (var operation : Operations.all()) {
            assertEquals(operation, Operations.find(operation.name()));
        }
        assertEquals(
                "expand_dims",
                Operations.called("ExpandDims", Map.of("axis", 1L))
                        .name()
                        .replaceAll("_\\d+$", ""));
    }
}
