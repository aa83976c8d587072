import org.jspecify.annotations.NullMarked;

/**
 * The Keras 3 API for Java: layers, models, training, model files and data sets. {@code import
 * module sungu.keras;} brings the engine's tensors and ops along.
 */
@NullMarked
module sungu.keras {
    requires transitive sungu.engine;
    requires static org.jspecify;
    requires tools.jackson.databind;
    requires io.jhdf;

    exports sungu.keras;
}
