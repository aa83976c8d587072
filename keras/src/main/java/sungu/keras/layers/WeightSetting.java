package sungu.keras.layers;

import sungu.keras.config.Setting;
import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.regularizers.Regularizer;

/**
 * The three settings of one weight.
 *
 * @param initializer how it begins
 * @param regularizer how it is penalised
 * @param constraint how it is limited
 */
record WeightSetting(
        Setting<Initializer> initializer,
        Setting<Regularizer> regularizer,
        Setting<Constraint> constraint) {
    /** The settings whose names begin with {@code weight}. */
    static WeightSetting of(String weight, String initializer) {
        return new WeightSetting(
                WeightSettings.initializer(weight + "_initializer", initializer),
                WeightSettings.regularizer(weight + "_regularizer"),
                WeightSettings.constraint(weight + "_constraint"));
    }
}
