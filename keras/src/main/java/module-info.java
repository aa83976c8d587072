import org.jspecify.annotations.NullMarked;

/**
 * The Keras 3 API for Java: layers, models, training, model files and data sets. {@code import
 * module sungu.keras;} brings the engine's tensors and ops along.
 */
@NullMarked
module sungu.keras {
    requires transitive sungu.engine;
    requires transitive sungu.structures;
    requires static org.jspecify;
    requires tools.jackson.databind;
    requires io.jhdf;
    // What jHDF uses: being an automatic module, it does not bring other modules along.
    requires org.apache.commons.lang3;
    requires org.slf4j;

    exports sungu.keras;
    exports sungu.keras.activations;
    exports sungu.keras.applications;
    exports sungu.keras.callbacks;
    exports sungu.keras.config;
    exports sungu.keras.constraints;
    exports sungu.keras.datasets;
    exports sungu.keras.initializers;
    exports sungu.keras.layers;
    exports sungu.keras.losses;
    exports sungu.keras.metrics;
    exports sungu.keras.models;
    exports sungu.keras.ops;
    exports sungu.keras.random;
    exports sungu.keras.optimizers;
    exports sungu.keras.quantizers;
    exports sungu.keras.regularizers;
    exports sungu.keras.saving;
    exports sungu.keras.schedules;
    exports sungu.keras.training;
}
