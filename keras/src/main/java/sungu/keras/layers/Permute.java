package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Movements;
import sungu.tensor.Tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The dimensions of each row in another order. */
public final class Permute extends Layer.Of<Permute> {
    static final Setting<List<Integer>> DIMS =
            Setting.ints("dims")
                    .check(
                            dims ->
                                    dims.stream()
                                            .sorted()
                                            .toList()
                                            .equals(
                                                    IntStream.rangeClosed(1, dims.size())
                                                            .boxed()
                                                            .toList()),
                            "the numbers from 1 to their count in some order");
    static final ObjectType<Permute> TYPE = typed("Permute", Permute::new, DIMS);

    private Permute() {}

    /** The new order; the first dimension of a row is 1. */
    public Permute(int... dims) {
        set(DIMS, Arrays.stream(dims).boxed().toList());
        inputSpec(InputSpec.rank(dims.length + 1));
    }

    @Override
    public ObjectType<Permute> type() {
        return TYPE;
    }

    @Override
    protected void configured() {
        super.configured();
        inputSpec(InputSpec.rank(get(DIMS).size() + 1));
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        var order = new int[input.rank()];
        for (int i = 1; i < order.length; i++) {
            order[i] = get(DIMS).get(i - 1);
        }
        return Movements.transpose(input, order);
    }
}
