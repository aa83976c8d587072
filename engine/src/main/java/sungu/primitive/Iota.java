package sungu.primitive;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;
import sungu.tensor.TensorType;

/** The numbers 0, 1, 2... in a vector. */
public record Iota(int length, DType dtype) implements Source {
    @Override
    public String label() {
        return "iota";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        return new TensorType[] {new TensorType(dtype, Shape.of(length))};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        var out = outputs[0].array();
        for (int i = 0; i < length; i++) {
            Numbers.putLong(dtype, out, i, i);
        }
    }
}
