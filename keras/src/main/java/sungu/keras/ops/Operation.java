package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.config.KerasConfig;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TracedTensor;
import sungu.trace.Context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One function of Keras: its name, its parameters with defaults in Keras' order, and what it does.
 * On symbolic tensors it records a call instead of computing.
 */
public final class Operation {
    /** What an operation does with its arguments. */
    interface Body {
        @Nullable Object run(Given given);
    }

    /**
     * A parameter with its default; {@code setting} ones stand in the config of an operation in a
     * model, not in its calls.
     */
    public record Parameter(
            String name, boolean required, @Nullable Object fallback, boolean setting) {}

    private final String prefix;
    private final String module;
    private final Signature signature;
    private final Body body;
    private final boolean known;
    private boolean dynamic;
    private @Nullable String sizedBy;

    Operation(String prefix, String module, Signature signature, Body body) {
        this.prefix = prefix;
        this.module = module;
        this.signature = signature;
        this.body = body;
        this.known = signature.parameters().stream().anyMatch(Signature.Parameter::known);
    }

    /** Marks that the shape of the result depends on values. */
    void dynamic() {
        dynamic = true;
    }

    /** Marks that the shape of the result depends on values unless the argument is given. */
    void dynamicUnless(String argument) {
        dynamic = true;
        sizedBy = argument;
    }

    /**
     * Why a call with these arguments can't be traced if their tensors are traced; null if it can.
     */
    public @Nullable String eagerOnly(Map<String, ? extends @Nullable Object> arguments) {
        return eagerOnly(signature.bind(List.of(), arguments), tensor -> true);
    }

    private @Nullable String eagerOnly(@Nullable Object[] values, Predicate<Tensor> traced) {
        for (int i = 0; i < values.length; i++) {
            var parameter = signature.parameters().get(i);
            if (parameter.known() && holds(values[i], traced)) {
                return "argument '"
                        + parameter.name()
                        + "' decides on shapes, so its value must be known";
            }
        }
        return dynamic
                        && (sizedBy == null || values[signature.index(sizedBy)] == null)
                        && holds(Arrays.asList(values), traced)
                ? "the shape of the result depends on values, so it can't be traced"
                : null;
    }

    private static boolean holds(@Nullable Object nested, Predicate<Tensor> which) {
        return Arguments.of(nested).tensors().stream().anyMatch(which);
    }

    /** The qualified name, such as {@code keras.ops.add}. */
    public String name() {
        return prefix + "." + signature.name();
    }

    /** The name of the class that Keras writes into model files, such as {@code ExpandDims}. */
    public String className() {
        var name = new StringBuilder();
        for (var part :
                signature.name().equals("abs")
                        ? new String[] {"absolute"}
                        : signature.name().split("_")) {
            name.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
        }
        return name.toString();
    }

    /** The module of that class, such as {@code keras.src.ops.numpy}. */
    public String module() {
        return module;
    }

    /** The parameters in order. */
    public List<Parameter> parameters() {
        return signature.parameters().stream()
                .map(p -> new Parameter(p.name(), p.required(), p.fallback(), p.setting()))
                .toList();
    }

    /**
     * Calls it with arguments by parameter name; {@code *args} are one list, {@code **kwargs} one
     * map.
     *
     * @throws TensorException if an argument is missing, unknown or refused
     */
    public @Nullable Object call(Map<String, ? extends @Nullable Object> arguments) {
        return call(List.of(), arguments);
    }

    /** Calls it with arguments by position. */
    public @Nullable Object call(@Nullable Object... arguments) {
        return call(Arrays.asList(arguments), Map.of());
    }

    @Nullable Object call(
            List<? extends @Nullable Object> positional,
            Map<String, ? extends @Nullable Object> named) {
        var bound = signature.bind(positional, named);
        if (Arguments.of(bound).tensors().stream().anyMatch(KerasTensor.class::isInstance)) {
            return record(bound);
        }
        return run(bound);
    }

    private @Nullable Object run(@Nullable Object[] bound) {
        if ((known || dynamic) && Context.current().trace() != null) {
            var reason = eagerOnly(bound, TracedTensor.class::isInstance);
            if (reason != null) {
                throw new TensorException(
                        signature.name() + ": " + reason,
                        (sizedBy == null ? "" : "pass " + sizedBy + "=, or ")
                                + "call it outside of the traced function");
            }
        }
        try {
            return body.run(new Given(signature, bound));
        } catch (TensorException e) {
            throw e.in("keras.ops " + signature.name());
        } catch (IndexOutOfBoundsException | ArithmeticException | NegativeArraySizeException e) {
            // A check is missing; random calls in tests find none of these.
            throw new TensorException(
                    signature.name() + ": the arguments do not fit each other: " + e.getMessage());
        }
    }

    /** Records a call on symbolic arguments, by position. */
    Tensor symbolic(List<@Nullable Object> operands) {
        var plain = new ArrayList<@Nullable Object>();
        operands.forEach(operand -> plain.add(python(operand)));
        return (Tensor) java.util.Objects.requireNonNull(call(plain, Map.of()));
    }

    /**
     * The operators of tensors turn numbers into 64-bit scalars: beside a symbolic tensor these are
     * weak numbers again.
     */
    private static @Nullable Object python(@Nullable Object operand) {
        return switch (operand) {
            case HostTensor scalar when scalar.rank() == 0 && scalar.dtype() == DType.FLOAT64 ->
                    scalar.doubleValue();
            case HostTensor scalar when scalar.rank() == 0 && scalar.dtype() == DType.INT64 ->
                    scalar.longValue();
            case int[] ints -> {
                var list = new ArrayList<Long>();
                for (int i : ints) {
                    list.add((long) i);
                }
                yield list;
            }
            case null, default -> operand;
        };
    }

    private Object record(@Nullable Object[] bound) {
        var settings = new LinkedHashMap<String, @Nullable Object>();
        var given = new ArrayList<@Nullable Object>();
        for (int i = 0; i < bound.length; i++) {
            var parameter = signature.parameters().get(i);
            if (parameter.setting()) {
                settings.put(parameter.name(), bound[i]);
            } else if (parameter.several()) {
                given.addAll((List<?>) bound[i]);
            } else {
                given.add(bound[i]);
            }
        }
        return new Node(this, settings, null).produce(new Arguments(given, Map.of())).nested();
    }

    /** An operation as a node of a model. */
    Operations.Called called(Map<String, ? extends @Nullable Object> config) {
        var settings = new LinkedHashMap<String, @Nullable Object>();
        config.forEach((key, value) -> {
            if (!key.equals("name")) {
                settings.put(key, value);
            }
        });
        return new Node(this, settings, config.get("name") instanceof String name ? name : null);
    }

    private static final class Node implements Operations.Called {
        private final Operation operation;
        private final Map<String, @Nullable Object> settings;
        private final String name;
        private final List<CallNode> calls = new ArrayList<>();

        Node(Operation operation, Map<String, @Nullable Object> settings, @Nullable String name) {
            this.operation = operation;
            this.settings = settings;
            this.name = name != null ? name : KerasConfig.uniqueName(snake(operation.className()));
        }

        private static String snake(String className) {
            return className.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<CallNode> calls() {
            return calls;
        }

        @Override
        public Tensors replay(Arguments arguments, @Nullable Boolean training) {
            return arguments.tensors().stream().anyMatch(KerasTensor.class::isInstance)
                    ? produce(arguments)
                    : compute(arguments);
        }

        Tensors produce(Arguments arguments) {
            return KerasTensor.produced(
                    this, arguments, SpecInference.infer(arguments, this::compute));
        }

        private Tensors compute(Arguments arguments) {
            var named = new LinkedHashMap<String, @Nullable Object>(settings);
            named.putAll(arguments.named());
            var positional = arguments.positional();
            var result = operation.run(operation.signature.bind(positional, named));
            return Tensors.ofNested(java.util.Objects.requireNonNull(result));
        }

        @Override
        public Map<String, @Nullable Object> tree() {
            var config = new LinkedHashMap<String, @Nullable Object>();
            config.put("name", name);
            config.putAll(settings);
            var tree = new LinkedHashMap<String, @Nullable Object>();
            tree.put("module", operation.module);
            tree.put("class_name", operation.className());
            tree.put("config", config);
            tree.put("registered_name", operation.className());
            return tree;
        }
    }

    @Override
    public String toString() {
        return prefix + "." + signature;
    }
}
