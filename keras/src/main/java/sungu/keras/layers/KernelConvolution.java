package sungu.keras.layers;

import sungu.keras.config.Setting;
import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.regularizers.Regularizer;

/** A convolution with filters over all channels: one kernel. */
abstract class KernelConvolution<S extends KernelConvolution<S>> extends Convolution<S> {
    static final Setting<Integer> FILTERS = Setting.integer("filters").positive();
    static final WeightSetting KERNEL = WeightSetting.of("kernel", "glorot_uniform");

    KernelConvolution(Axes axes) {
        super(axes);
    }

    /** How the kernel begins, by name. */
    public S kernelInitializer(String named) {
        return with(KERNEL.initializer(), WeightSettings.INITIALIZER_CODEC.decode(named));
    }

    /** How the kernel begins. */
    public S kernelInitializer(Initializer chosen) {
        return with(KERNEL.initializer(), chosen);
    }

    /** The penalty on the kernel, by name. */
    public S kernelRegularizer(String named) {
        return with(KERNEL.regularizer(), WeightSettings.REGULARIZER_CODEC.decode(named));
    }

    /** The penalty on the kernel. */
    public S kernelRegularizer(Regularizer chosen) {
        return with(KERNEL.regularizer(), chosen);
    }

    /** The limits of the kernel, by name. */
    public S kernelConstraint(String named) {
        return with(KERNEL.constraint(), WeightSettings.CONSTRAINT_CODEC.decode(named));
    }

    /** The limits of the kernel. */
    public S kernelConstraint(Constraint chosen) {
        return with(KERNEL.constraint(), chosen);
    }
}
