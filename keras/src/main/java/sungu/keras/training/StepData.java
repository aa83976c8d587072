package sungu.keras.training;

import org.jspecify.annotations.Nullable;

import sungu.keras.Tensors;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One batch: inputs, targets and weights, the latter two null where there are none. */
public record StepData(Tensors x, @Nullable Tensors y, @Nullable Tensors sampleWeight) {
    /** The number of rows. */
    public int rows() {
        return x.flat().getFirst().shape().dim(0);
    }

    /** All tensors: those of the inputs, the targets, the weights. */
    Tensor[] leaves() {
        var leaves = new ArrayList<Tensor>(x.flat());
        if (y != null) {
            leaves.addAll(y.flat());
        }
        if (sampleWeight != null) {
            leaves.addAll(sampleWeight.flat());
        }
        return leaves.toArray(Tensor[]::new);
    }

    /** The same structures with other tensors. */
    StepData with(Tensor[] leaves) {
        List<Tensor> list = Arrays.asList(leaves);
        int inputs = x.flat().size();
        int targets = inputs + (y == null ? 0 : y.flat().size());
        return new StepData(
                x.with(list.subList(0, inputs)),
                y == null ? null : y.with(list.subList(inputs, targets)),
                sampleWeight == null
                        ? null
                        : sampleWeight.with(list.subList(targets, list.size())));
    }
}
