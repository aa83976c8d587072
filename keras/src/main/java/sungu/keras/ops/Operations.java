package sungu.keras.ops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.tensor.TensorException;

/** All operations by name. */
public final class Operations {
    private Operations() {}

    /** An operation in a model: what a symbolic call made of it. */
    public interface Called extends CallNode.Owner {
        /** Its form in configs: module, class name, config. */
        Map<String, @Nullable Object> tree();
    }

    /** The operation of an unqualified name. */
    public static Operation require(String name) {
        throw new TensorException("unknown operation '" + name + "'");
    }

    /** The operation of a Keras class name such as {@code Add}, for models read from files. */
    public static Called called(String className, Map<String, @Nullable Object> config) {
        throw new TensorException("unknown operation '" + className + "'");
    }
}
