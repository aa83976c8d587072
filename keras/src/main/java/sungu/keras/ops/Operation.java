package sungu.keras.ops;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sungu.tensor.Tensor;

/** One function of Keras. */
public interface Operation {
    /** Calls the operation with arguments by name. */
    Object call(java.util.Map<String, @Nullable Object> arguments);

    /** Records a call on symbolic arguments, by position. */
    Tensor symbolic(List<@Nullable Object> arguments);
}
