package sungu.keras.layers;

import sungu.keras.config.Catalogue;

import java.util.List;

/** The layers by name. */
public final class Layers {
    /** The classes by name. */
    public static final Catalogue CATALOGUE =
            Catalogue.of(
                    "layer",
                    List.of(
                            "Activation",
                            "Add",
                            "BatchNormalization",
                            "Concatenate",
                            "Conv2D",
                            "Dense",
                            "Dropout",
                            "Embedding",
                            "Flatten",
                            "GaussianDropout",
                            "GaussianNoise",
                            "GlobalAveragePooling2D",
                            "InputLayer",
                            "MaxPooling2D",
                            "Reshape"),
                    name ->
                            switch (name) {
                                case "Activation" -> Activation.TYPE;
                                case "Add" -> Add.TYPE;
                                case "BatchNormalization" -> BatchNormalization.TYPE;
                                case "Concatenate" -> Concatenate.TYPE;
                                case "Conv2D" -> Conv2D.TYPE;
                                case "Dense" -> Dense.TYPE;
                                case "Dropout" -> Dropout.TYPE;
                                case "Embedding" -> Embedding.TYPE;
                                case "Flatten" -> Flatten.TYPE;
                                case "GaussianDropout" -> GaussianDropout.TYPE;
                                case "GaussianNoise" -> GaussianNoise.TYPE;
                                case "GlobalAveragePooling2D" -> GlobalAveragePooling2D.TYPE;
                                case "InputLayer" -> InputLayer.TYPE;
                                case "MaxPooling2D" -> MaxPooling2D.TYPE;
                                case "Reshape" -> Reshape.TYPE;
                                default -> null;
                            });

    private Layers() {}
}
