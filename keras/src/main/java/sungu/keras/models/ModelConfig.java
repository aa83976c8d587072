package sungu.keras.models;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.DTypePolicy;

import java.util.Map;

/** What the configs of all models have in common. */
final class ModelConfig {
    private ModelConfig() {}

    /** Reads name, trainable flag and dtype policy. */
    static void base(Model model, Map<String, @Nullable Object> config) {
        if (config.get("name") instanceof String name) {
            model.named(name);
        }
        if (config.get("dtype") != null) {
            model.policy(DTypePolicy.CODEC.decode(config.get("dtype")));
        }
        if (Boolean.FALSE.equals(config.get("trainable"))) {
            model.setTrainable(false);
        }
    }
}
