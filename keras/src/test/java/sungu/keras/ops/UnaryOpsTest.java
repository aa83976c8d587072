package sungu.keras.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import sungu.tensor.Tensor;

class UnaryOpsTest {
    @Test
    void cubeRootsAreCloserThanAPowerByTheNearestNumberToOneThird() {
        var roots = new float[] {1, -3, 10, -101, 0x1p-49f, 0x1p40f, 0, Float.POSITIVE_INFINITY};
        var cubes = new float[roots.length];
        for (int i = 0; i < roots.length; i++) {
            cubes[i] = roots[i] * roots[i] * roots[i];
        }
        assertArrayEquals(roots, Ops.cbrt(Tensor.ofFloats(cubes)).toFloats());
        var greatest = Ops.cbrt(Tensor.ofFloats(Float.MAX_VALUE)).toFloats()[0];
        assertEquals(Math.cbrt(Float.MAX_VALUE), greatest, Math.ulp(greatest));
    }
}
