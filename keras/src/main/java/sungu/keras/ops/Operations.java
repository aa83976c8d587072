package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.tensor.TensorException;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** All operations by name. */
public final class Operations {
    private static final String OPS = "keras.ops";

    private Operations() {}

    private static final Map<String, Operation> BY_NAME = new ConcurrentHashMap<>();
    private static final Map<String, Operation> BY_CLASS = new ConcurrentHashMap<>();
    private static int families;
    private static boolean others;

    /**
     * Declares the next family of {@code keras.ops}; false if there is none left. Families are
     * declared one after the other until a name is found, the common ones first, so that programs
     * that use few operations start without the rest.
     */
    private static synchronized boolean declareNext() {
        var numpy = new Table(OPS, "keras.src.ops.numpy");
        var core = new Table(OPS, "keras.src.ops.core");
        var nn = new Table(OPS, "keras.src.ops.nn");
        var math = new Table(OPS, "keras.src.ops.math");
        var linalg = new Table(OPS, "keras.src.ops.linalg");
        var image = new Table(OPS + ".image", "keras.src.ops.image");
        switch (families++) {
            case 0 -> ArithmeticOps.declare(numpy);
            case 1 -> ReductionOps.declare(numpy);
            case 2 -> ShapeOps.declare(numpy);
            case 3 -> CoreOps.declare(core);
            case 4 -> ActivationOps.declare(nn);
            case 5 -> UnaryOps.declare(numpy);
            case 6 -> LogicOps.declare(numpy);
            case 7 -> ProductOps.declare(numpy);
            case 8 -> CreationOps.declare(numpy);
            case 9 -> IndexOps.declare(numpy);
            case 10 -> LossOps.declare(nn);
            case 11 -> WindowOps.declare(nn);
            case 12 -> MathOps.declare(math);
            case 13 -> BlockOps.declare(nn);
            case 14 -> ControlOps.declare(core);
            case 15 -> StatisticOps.declare(numpy);
            case 16 -> NanOps.declare(numpy);
            case 17 -> LinalgOps.declare(linalg);
            case 18 -> SignalOps.declare(math);
            case 19 -> ImageOps.declare(image);
            case 20 -> ResizeOps.declare(image);
            case 21 -> ResampleOps.declare(image);
            case 22 -> PatchOps.declare(image);
            case 23 -> CtcOps.declare(nn);
            case 24 -> VectorizeOps.declare(numpy);
            case 25 -> ControlOps.declareDerivatives(linalg);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Declares what is not in {@code keras.ops}. */
    private static synchronized void declareOthers() {
        if (others) {
            return;
        }
        others = true;
        ActivationOps.declareActivations(
                new Table("keras.activations", "keras.src.activations.activations"));
        BlockOps.declareUtils(new Table("keras.utils", "keras.src.utils.numerical_utils"));
        RandomOps.declare(new Table("keras.random", "keras.src.random.random"));
        RandomOps.declareStateless(new Table("tf.random", "tensorflow"));
        var losses = new Table("keras.losses", "keras.src.losses.losses");
        LossFunctionOps.declareLosses(losses);
        LossFunctionOps.declareSetLosses(losses);
        LossFunctionOps.declareMetrics(new Table("keras.metrics", "keras.src.metrics"));
    }

    private static @Nullable Operation find(Map<String, Operation> operations, String name) {
        var found = operations.get(name);
        while (found == null) {
            boolean more = declareNext();
            // Another thread may have declared the last family meanwhile.
            found = operations.get(name);
            if (!more) {
                return found;
            }
        }
        return found;
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
            if (BY_NAME.put(operation.name(), operation) != null) {
                throw new IllegalStateException(operation.name() + " is declared twice");
            }
            if (prefix.startsWith(OPS)) {
                BY_CLASS.put(operation.className(), operation);
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
        if (!name.startsWith(OPS)) {
            declareOthers();
            return BY_NAME.get(name);
        }
        return find(BY_NAME, name);
    }

    /** All operations. */
    public static Collection<Operation> all() {
        declareOthers();
        while (declareNext()) {
            // All of them.
        }
        return List.copyOf(new TreeMap<>(BY_NAME).values());
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
        var found = find(BY_CLASS, className);
        if (found == null) {
            throw new TensorException("unknown operation '" + className + "'");
        }
        return found.called(config);
    }
}
