package sungu.bench;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Random;

/** Made-up data: the speed of a workload does not depend on what is in its tensors. */
final class Samples {
    private final Random random = new Random(0);

    /** Numbers from 0 to 1. */
    Tensor uniform(int... dims) {
        var shape = Shape.of(dims);
        var values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return new HostTensor(DType.FLOAT32, shape, values);
    }

    /** Whole numbers from 0 to below {@code bound}. */
    Tensor integers(int bound, int... dims) {
        var shape = Shape.of(dims);
        var values = new int[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(bound);
        }
        return new HostTensor(DType.INT32, shape, values);
    }
}
