package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Unsupported;
import sungu.conformance.tensorflow.TfArguments;
import sungu.ops.TensorArray;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cases of kind {@code tensor_array}. */
final class TensorArrayCases implements EventCases.Subject {
    private final TensorArray array;

    private TensorArrayCases(TensorArray array) {
        this.array = array;
    }

    static void replay(Case recorded) throws Exception {
        EventCases.replay(recorded, TensorArrayCases::make);
    }

    private static TensorArrayCases make(Case recorded, Map<String, @Nullable Object> values) {
        var a = new TfArguments("tf.TensorArray", values);
        return new TensorArrayCases(
                new TensorArray(a.dtype("dtype", DType.FLOAT32), a.integer("size"))
                        .dynamicSize(a.flag("dynamic_size", false))
                        .clearAfterRead(a.flag("clear_after_read", true))
                        .inferShape(a.flag("infer_shape", true))
                        .elementShape(QueueCases.shape(a.value("element_shape"))));
    }

    @Override
    public @Nullable Object call(String method, List<@Nullable Object> arguments) {
        var named = new HashMap<String, @Nullable Object>();
        for (int i = 0; i < arguments.size(); i++) {
            named.put(i == 0 ? "first" : "second", arguments.get(i));
        }
        var a = new TfArguments("tf.TensorArray." + method, named);
        return switch (method) {
            case "size" -> Tensor.of(array.size());
            case "dtype" -> array.dtype();
            case "dynamic_size" -> array.dynamicSize();
            case "element_shape" -> array.elementShape();
            case "read" -> array.read(a.integer("first"));
            case "stack" -> array.stack();
            case "concat" -> array.concat();
            case "gather" -> array.gather(a.integers("first"));
            case "write" -> nothing(array.write(a.integer("first"), a.tensor("second")));
            case "scatter" -> nothing(array.scatter(a.integers("first"), a.tensor("second")));
            case "unstack" -> nothing(array.unstack(a.tensor("first")));
            case "split" -> nothing(array.split(a.tensor("first"), a.integers("second")));
            case "identity" -> null;
            case "close" -> {
                array.close();
                yield null;
            }
            default -> throw new Unsupported("the method " + method + " of tensor arrays");
        };
    }

    private static @Nullable Object nothing(TensorArray unused) {
        return null;
    }
}
