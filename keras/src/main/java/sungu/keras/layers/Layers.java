package sungu.keras.layers;

import sungu.keras.config.Catalogue;
import sungu.tensor.Tensor;

import java.util.List;

/** The layers by name, and layers without weights as functions. */
public final class Layers {
    /** The classes by name. */
    public static final Catalogue CATALOGUE =
            Catalogue.of(
                    "layer",
                    List.of(
                            "Activation",
                            "ActivityRegularization",
                            "AdaptiveAveragePooling1D",
                            "AdaptiveAveragePooling2D",
                            "AdaptiveAveragePooling3D",
                            "AdaptiveMaxPooling1D",
                            "AdaptiveMaxPooling2D",
                            "AdaptiveMaxPooling3D",
                            "Add",
                            "AdditiveAttention",
                            "AlphaDropout",
                            "Attention",
                            "Average",
                            "AveragePooling1D",
                            "AveragePooling2D",
                            "AveragePooling3D",
                            "BatchNormalization",
                            "Bidirectional",
                            "Concatenate",
                            "Conv1D",
                            "Conv1DTranspose",
                            "Conv2D",
                            "Conv2DTranspose",
                            "Conv3D",
                            "Conv3DTranspose",
                            "Cropping1D",
                            "Cropping2D",
                            "Cropping3D",
                            "Dense",
                            "DepthwiseConv1D",
                            "DepthwiseConv2D",
                            "Dot",
                            "Dropout",
                            "ELU",
                            "EinsumDense",
                            "Embedding",
                            "Flatten",
                            "GRU",
                            "GRUCell",
                            "GaussianDropout",
                            "GaussianNoise",
                            "GlobalAveragePooling1D",
                            "GlobalAveragePooling2D",
                            "GlobalAveragePooling3D",
                            "GlobalMaxPooling1D",
                            "GlobalMaxPooling2D",
                            "GlobalMaxPooling3D",
                            "GroupNormalization",
                            "GroupQueryAttention",
                            "Identity",
                            "InputLayer",
                            "LSTM",
                            "LSTMCell",
                            "LayerNormalization",
                            "LeakyReLU",
                            "Masking",
                            "MaxPooling1D",
                            "MaxPooling2D",
                            "MaxPooling3D",
                            "Maximum",
                            "Minimum",
                            "MultiHeadAttention",
                            "Multiply",
                            "PReLU",
                            "Permute",
                            "RMSNormalization",
                            "RNN",
                            "ReLU",
                            "RepeatVector",
                            "Reshape",
                            "SeparableConv1D",
                            "SeparableConv2D",
                            "SimpleRNN",
                            "SimpleRNNCell",
                            "Softmax",
                            "SpatialDropout1D",
                            "SpatialDropout2D",
                            "SpatialDropout3D",
                            "StackedRNNCells",
                            "Subtract",
                            "TimeDistributed",
                            "UnitNormalization",
                            "UpSampling1D",
                            "UpSampling2D",
                            "UpSampling3D",
                            "ZeroPadding1D",
                            "ZeroPadding2D",
                            "ZeroPadding3D"),
                    name ->
                            switch (name) {
                                case "Activation" -> Activation.TYPE;
                                case "ActivityRegularization" -> ActivityRegularization.TYPE;
                                case "AdaptiveAveragePooling1D" -> AdaptiveAveragePooling1D.TYPE;
                                case "AdaptiveAveragePooling2D" -> AdaptiveAveragePooling2D.TYPE;
                                case "AdaptiveAveragePooling3D" -> AdaptiveAveragePooling3D.TYPE;
                                case "AdaptiveMaxPooling1D" -> AdaptiveMaxPooling1D.TYPE;
                                case "AdaptiveMaxPooling2D" -> AdaptiveMaxPooling2D.TYPE;
                                case "AdaptiveMaxPooling3D" -> AdaptiveMaxPooling3D.TYPE;
                                case "Add" -> Add.TYPE;
                                case "AdditiveAttention" -> AdditiveAttention.TYPE;
                                case "AlphaDropout" -> AlphaDropout.TYPE;
                                case "Attention" -> Attention.TYPE;
                                case "Average" -> Average.TYPE;
                                case "AveragePooling1D" -> AveragePooling1D.TYPE;
                                case "AveragePooling2D" -> AveragePooling2D.TYPE;
                                case "AveragePooling3D" -> AveragePooling3D.TYPE;
                                case "BatchNormalization" -> BatchNormalization.TYPE;
                                case "Bidirectional" -> Bidirectional.TYPE;
                                case "Concatenate" -> Concatenate.TYPE;
                                case "Conv1D" -> Conv1D.TYPE;
                                case "Conv1DTranspose" -> Conv1DTranspose.TYPE;
                                case "Conv2D" -> Conv2D.TYPE;
                                case "Conv2DTranspose" -> Conv2DTranspose.TYPE;
                                case "Conv3D" -> Conv3D.TYPE;
                                case "Conv3DTranspose" -> Conv3DTranspose.TYPE;
                                case "Cropping1D" -> Cropping1D.TYPE;
                                case "Cropping2D" -> Cropping2D.TYPE;
                                case "Cropping3D" -> Cropping3D.TYPE;
                                case "Dense" -> Dense.TYPE;
                                case "DepthwiseConv1D" -> DepthwiseConv1D.TYPE;
                                case "DepthwiseConv2D" -> DepthwiseConv2D.TYPE;
                                case "Dot" -> Dot.TYPE;
                                case "Dropout" -> Dropout.TYPE;
                                case "ELU" -> ELU.TYPE;
                                case "EinsumDense" -> EinsumDense.TYPE;
                                case "Embedding" -> Embedding.TYPE;
                                case "Flatten" -> Flatten.TYPE;
                                case "GRU" -> GRU.TYPE;
                                case "GRUCell" -> GRUCell.TYPE;
                                case "GaussianDropout" -> GaussianDropout.TYPE;
                                case "GaussianNoise" -> GaussianNoise.TYPE;
                                case "GlobalAveragePooling1D" -> GlobalAveragePooling1D.TYPE;
                                case "GlobalAveragePooling2D" -> GlobalAveragePooling2D.TYPE;
                                case "GlobalAveragePooling3D" -> GlobalAveragePooling3D.TYPE;
                                case "GlobalMaxPooling1D" -> GlobalMaxPooling1D.TYPE;
                                case "GlobalMaxPooling2D" -> GlobalMaxPooling2D.TYPE;
                                case "GlobalMaxPooling3D" -> GlobalMaxPooling3D.TYPE;
                                case "GroupNormalization" -> GroupNormalization.TYPE;
                                case "GroupQueryAttention" -> GroupQueryAttention.TYPE;
                                case "Identity" -> Identity.TYPE;
                                case "InputLayer" -> InputLayer.TYPE;
                                case "LSTM" -> LSTM.TYPE;
                                case "LSTMCell" -> LSTMCell.TYPE;
                                case "LayerNormalization" -> LayerNormalization.TYPE;
                                case "LeakyReLU" -> LeakyReLU.TYPE;
                                case "Masking" -> Masking.TYPE;
                                case "MaxPooling1D" -> MaxPooling1D.TYPE;
                                case "MaxPooling2D" -> MaxPooling2D.TYPE;
                                case "MaxPooling3D" -> MaxPooling3D.TYPE;
                                case "Maximum" -> Maximum.TYPE;
                                case "Minimum" -> Minimum.TYPE;
                                case "MultiHeadAttention" -> MultiHeadAttention.TYPE;
                                case "Multiply" -> Multiply.TYPE;
                                case "PReLU" -> PReLU.TYPE;
                                case "Permute" -> Permute.TYPE;
                                case "RMSNormalization" -> RMSNormalization.TYPE;
                                case "RNN" -> RNN.TYPE;
                                case "ReLU" -> ReLU.TYPE;
                                case "RepeatVector" -> RepeatVector.TYPE;
                                case "Reshape" -> Reshape.TYPE;
                                case "SeparableConv1D" -> SeparableConv1D.TYPE;
                                case "SeparableConv2D" -> SeparableConv2D.TYPE;
                                case "SimpleRNN" -> SimpleRNN.TYPE;
                                case "SimpleRNNCell" -> SimpleRNNCell.TYPE;
                                case "Softmax" -> Softmax.TYPE;
                                case "SpatialDropout1D" -> SpatialDropout1D.TYPE;
                                case "SpatialDropout2D" -> SpatialDropout2D.TYPE;
                                case "SpatialDropout3D" -> SpatialDropout3D.TYPE;
                                case "StackedRNNCells" -> StackedRNNCells.TYPE;
                                case "Subtract" -> Subtract.TYPE;
                                case "TimeDistributed" -> TimeDistributed.TYPE;
                                case "UnitNormalization" -> UnitNormalization.TYPE;
                                case "UpSampling1D" -> UpSampling1D.TYPE;
                                case "UpSampling2D" -> UpSampling2D.TYPE;
                                case "UpSampling3D" -> UpSampling3D.TYPE;
                                case "ZeroPadding1D" -> ZeroPadding1D.TYPE;
                                case "ZeroPadding2D" -> ZeroPadding2D.TYPE;
                                case "ZeroPadding3D" -> ZeroPadding3D.TYPE;
                                default -> null;
                            });

    private Layers() {}

    /** The sum of tensors. */
    public static Tensor add(List<? extends Tensor> inputs) {
        return new Add().apply(inputs);
    }

    /** The difference of two tensors. */
    public static Tensor subtract(List<? extends Tensor> inputs) {
        return new Subtract().apply(inputs);
    }

    /** The product of tensors. */
    public static Tensor multiply(List<? extends Tensor> inputs) {
        return new Multiply().apply(inputs);
    }

    /** The mean of tensors. */
    public static Tensor average(List<? extends Tensor> inputs) {
        return new Average().apply(inputs);
    }

    /** The largest of tensors. */
    public static Tensor maximum(List<? extends Tensor> inputs) {
        return new Maximum().apply(inputs);
    }

    /** The smallest of tensors. */
    public static Tensor minimum(List<? extends Tensor> inputs) {
        return new Minimum().apply(inputs);
    }

    /** Tensors joined along the last axis. */
    public static Tensor concatenate(List<? extends Tensor> inputs) {
        return new Concatenate().apply(inputs);
    }

    /** Tensors joined along an axis. */
    public static Tensor concatenate(List<? extends Tensor> inputs, int axis) {
        return new Concatenate().axis(axis).apply(inputs);
    }

    /** The products of two tensors over that axis of both, or over one of each, row by row. */
    public static Tensor dot(List<? extends Tensor> inputs, int... axes) {
        return new Dot(axes).apply(inputs);
    }
}
