package sungu.keras.ops;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sungu.tensor.Tensor;

/** One function of Keras. */
public interface Operation {
    /** Records a call on symbolic arguments, by position. */
    Tensor symbolic(List<@Nullable Object> arguments);
}
