package sungu.conformance.kinds;

import sungu.conformance.Case;
import sungu.conformance.Kind;
import sungu.conformance.Unsupported;
import sungu.conformance.Values;
import sungu.keras.config.DTypePolicy;
import sungu.keras.config.KerasConfig;
import sungu.tensor.DType;

/** The global settings of a case: put in place before it runs and taken back afterwards. */
public final class Settings {
    private Settings() {}

    /** The same kind, with the {@code env} of each case around it. */
    public static Kind around(Kind kind) {
        return recorded -> {
            if (!recorded.has("env")) {
                kind.replay(recorded);
                return;
            }
            var floatx = KerasConfig.floatx();
            double epsilon = KerasConfig.epsilon();
            var format = KerasConfig.imageDataFormat();
            var policy = KerasConfig.dtypePolicy();
            try {
                apply(recorded);
                kind.replay(recorded);
            } finally {
                KerasConfig.floatx(floatx);
                KerasConfig.epsilon(epsilon);
                KerasConfig.imageDataFormat(format);
                KerasConfig.dtypePolicy(policy.name().equals(floatx.label()) ? null : policy);
            }
        };
    }

    private static void apply(Case recorded) {
        recorded.object("env")
                .forEach((name, value) -> {
                    switch (name) {
                        case "floatx" -> KerasConfig.floatx(DType.of(String.valueOf(value)));
                        case "epsilon" -> KerasConfig.epsilon(Values.real(value));
                        case "image_data_format" ->
                                KerasConfig.imageDataFormat(String.valueOf(value));
                        case "dtype_policy" ->
                                KerasConfig.dtypePolicy(DTypePolicy.of(String.valueOf(value)));
                        default -> throw new Unsupported("the global setting '" + name + "'");
                    }
                });
    }
}
