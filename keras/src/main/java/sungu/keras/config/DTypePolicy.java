package sungu.keras.config;

import org.jspecify.annotations.Nullable;

import sungu.tensor.DType;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * In which dtype a layer computes and in which it keeps its weights: a dtype's name for both, or
 * {@code mixed_float16} or {@code mixed_bfloat16} for computing in 16 bits with float32 weights. A
 * quantized policy, such as {@code int8_from_float32}, says besides how a layer keeps its kernel;
 * the rest of the layer goes by the policy that it comes from.
 *
 * @param quantization how the kernel is kept; null if as it is
 */
public record DTypePolicy(
        String name, DType computeDtype, DType variableDtype, @Nullable Quantization quantization) {
    /** The form in configs. */
    public static final Codec<DTypePolicy> CODEC =
            Codecs.of("a dtype policy", DTypePolicy::tree, DTypePolicy::read);

    private static final String FROM = "_from_";

    /** The policy of that name. */
    public static DTypePolicy of(String name) {
        int from = name.indexOf(FROM);
        if (from >= 0) {
            return quantized(
                    Quantization.of(name.substring(0, from)), name.substring(from + FROM.length()));
        }
        return switch (name) {
            case "mixed_float16" -> new DTypePolicy(name, DType.FLOAT16, DType.FLOAT32, null);
            case "mixed_bfloat16" -> new DTypePolicy(name, DType.BFLOAT16, DType.FLOAT32, null);
            default -> {
                var dtype = DType.of(name);
                yield new DTypePolicy(dtype.label(), dtype, dtype, null);
            }
        };
    }

    /** The policy {@code source} with a kernel kept in that way. */
    public static DTypePolicy quantized(Quantization quantization, String source) {
        var base = of(source);
        quantization.check(base);
        return new DTypePolicy(
                quantization.mode() + FROM + base.name,
                base.computeDtype,
                base.variableDtype,
                quantization);
    }

    private Map<String, @Nullable Object> tree() {
        var how = quantization;
        if (how == null) {
            return Serialization.object(
                    "keras", "DTypePolicy", new LinkedHashMap<>(Map.of("name", name)), null);
        }
        var config = new LinkedHashMap<String, @Nullable Object>();
        config.put("mode", how.mode());
        config.put("source_name", name.substring(name.indexOf(FROM) + FROM.length()));
        if (how.kind() == Quantization.Kind.FLOAT8) {
            config.put("amax_history_length", how.historyLength());
        }
        return Serialization.object("keras.dtype_policies", how.policyClass(), config, null);
    }

    /** Whether a class name in a config is that of a policy. */
    static boolean isPolicy(String className) {
        return switch (className) {
            case "DTypePolicy",
                    "FloatDTypePolicy",
                    "QuantizedDTypePolicy",
                    "QuantizedFloat8DTypePolicy",
                    "Int4DTypePolicy",
                    "TernaryDTypePolicy" ->
                    true;
            default -> false;
        };
    }

    private static DTypePolicy read(Object tree) {
        if (tree instanceof String name) {
            return of(name);
        }
        if (!(tree instanceof Map<?, ?> map
                && map.get("class_name") instanceof String className
                && isPolicy(className)
                && map.get("config") instanceof Map<?, ?> config)) {
            throw Codecs.expected("a dtype policy", tree);
        }
        if (config.get("name") instanceof String name) {
            return of(name);
        }
        if (config.get("mode") instanceof String mode) {
            var source =
                    config.get("source_name") instanceof String name
                            ? name
                            : KerasConfig.dtypePolicy().name();
            var how = Quantization.of(mode);
            if (config.get("amax_history_length") instanceof Number length) {
                how = how.withHistory(length.intValue());
            }
            return quantized(how, source);
        }
        throw Codecs.expected("a dtype policy", tree);
    }

    @Override
    public String toString() {
        return name;
    }
}
