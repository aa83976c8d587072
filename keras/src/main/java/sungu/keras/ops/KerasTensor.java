package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.tensor.SymbolicTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorType;

import java.util.Arrays;

/**
 * A tensor that stands for a model's input, or for what layers and operations make of it. It knows
 * the call that it comes from; its shape may have unknown dimensions.
 */
public final class KerasTensor extends SymbolicTensor {
    private final @Nullable CallNode node;
    private final int index;
    private final @Nullable Tensor mask;

    /** A symbolic tensor that comes from no call. */
    public KerasTensor(TensorType type) {
        this(type, null, 0, null);
    }

    private KerasTensor(
            TensorType type, @Nullable CallNode node, int index, @Nullable Tensor mask) {
        super(type);
        this.node = node;
        this.index = index;
        this.mask = mask;
    }

    /** The results of a call: symbolic tensors of the types, in the structure, of {@code specs}. */
    public static Tensors produced(CallNode.Owner owner, Arguments arguments, Tensors specs) {
        var node = new CallNode(owner, arguments);
        var results =
                specs.map(spec -> {
                    var output =
                            new KerasTensor(spec.type(), node, node.outputs().size(), spec.mask());
                    node.add(output);
                    return output;
                });
        node.structure(results);
        return results;
    }

    /** The same place in a model with another type: what a layer sees after its casts. */
    public KerasTensor as(TensorType other) {
        return new KerasTensor(other, node, index, mask);
    }

    /** The call that this tensor comes from; null for none. */
    public @Nullable CallNode node() {
        return node;
    }

    /** Which result of its call this tensor is. */
    public int index() {
        return index;
    }

    @Override
    public @Nullable Tensor mask() {
        return mask;
    }

    @Override
    public Tensor operator(String operation, @Nullable Object... operands) {
        return Operations.require(operation).symbolic(Arrays.asList(operands));
    }
}
