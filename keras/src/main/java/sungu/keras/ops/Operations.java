package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.tensor.TensorException;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** All operations by name. */
public final class Operations {
    private static final String OPS = "keras.ops";

    private Operations() {}

    /** Made at the first look-up, so that programs that use none do not pay for them. */
    private static final class Holder {
        static final Map<String, Operation> BY_NAME = new LinkedHashMap<>();
        static final Map<String, Operation> BY_CLASS = new LinkedHashMap<>();

        static {
            var numpy = new Table(OPS, "keras.src.ops.numpy");
            ArithmeticOps.declare(numpy);
            LogicOps.declare(numpy);
            UnaryOps.declare(numpy);
            ReductionOps.declare(numpy);
            StatisticOps.declare(numpy);
            NanOps.declare(numpy);
            ShapeOps.declare(numpy);
            IndexOps.declare(numpy);
            CreationOps.declare(numpy);
            ProductOps.declare(numpy);
            var core = new Table(OPS, "keras.src.ops.core");
            CoreOps.declare(core);
            ControlOps.declare(core);
            VectorizeOps.declare(numpy);
            MathOps.declare(new Table(OPS, "keras.src.ops.math"));
            var nn = new Table(OPS, "keras.src.ops.nn");
            ActivationOps.declare(nn);
            ActivationOps.declareActivations(
                    new Table("keras.activations", "keras.src.activations.activations"));
            WindowOps.declare(nn);
            LossOps.declare(nn);
            CtcOps.declare(nn);
            BlockOps.declare(nn);
            BlockOps.declareUtils(new Table("keras.utils", "keras.src.utils.numerical_utils"));
            SignalOps.declare(new Table(OPS, "keras.src.ops.math"));
            var image = new Table(OPS + ".image", "keras.src.ops.image");
            ImageOps.declare(image);
            PatchOps.declare(image);
            ResizeOps.declare(image);
            ResampleOps.declare(image);
            var linalg = new Table(OPS, "keras.src.ops.linalg");
            LinalgOps.declare(linalg);
            ControlOps.declareDerivatives(linalg);
            RandomOps.declare(new Table("keras.random", "keras.src.random.random"));
            RandomOps.declareStateless(new Table("tf.random", "tensorflow"));
            var losses = new Table("keras.losses", "keras.src.losses.losses");
            LossFunctionOps.declareLosses(losses);
            LossFunctionOps.declareSetLosses(losses);
            LossFunctionOps.declareMetrics(new Table("keras.metrics", "keras.src.metrics"));
        }
    }

    /**
     * Where families declare their operations: with the prefix of their names and their module in
     * model files.
     */
    static final class Table {
        private final String prefix;
        private final String module;

        Table(String prefix, String module) {
            this.prefix = prefix;
            this.module = module;
        }

        /** Declares an operation by its {@link Signature}. */
        Operation op(String signature, Operation.Body body) {
            var operation = new Operation(prefix, module, Signature.parse(signature), body);
            if (Holder.BY_NAME.put(operation.name(), operation) != null) {
                throw new IllegalStateException(operation.name() + " is declared twice");
            }
            if (prefix.startsWith(OPS)) {
                Holder.BY_CLASS.put(operation.className(), operation);
            }
            return operation;
        }
    }

    /** An operation in a model: what a symbolic call made of it. */
    public interface Called extends CallNode.Owner {
        /** Its form in configs: module, class name, config. */
        Map<String, @Nullable Object> tree();
    }

    /** The operation of a qualified name such as {@code keras.ops.add}; null if there is none. */
    public static @Nullable Operation find(String name) {
        return Holder.BY_NAME.get(name);
    }

    /** All operations. */
    public static Collection<Operation> all() {
        return Collections.unmodifiableCollection(Holder.BY_NAME.values());
    }

    /**
     * The operation of a name in {@code keras.ops}, such as {@code add}.
     *
     * @throws TensorException if there is none
     */
    public static Operation require(String name) {
        var found = find(name.contains(".") ? name : OPS + "." + name);
        if (found == null) {
            throw new TensorException("unknown operation '" + name + "'");
        }
        return found;
    }

    /** The operation of a Keras class name such as {@code Add}, for models read from files. */
    public static Called called(String className, Map<String, @Nullable Object> config) {
        var found = Holder.BY_CLASS.get(className);
        if (found == null) {
            throw new TensorException("unknown operation '" + className + "'");
        }
        return found.called(config);
    }
}
