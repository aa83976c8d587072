package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.NameScope;
import sungu.keras.Tensors;
import sungu.keras.Weight;
import sungu.keras.activations.Activation;
import sungu.keras.config.DTypePolicy;
import sungu.keras.config.KerasConfig;
import sungu.keras.config.Names;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.ops.CallNode;
import sungu.keras.ops.KerasTensor;
import sungu.keras.quantizers.AbsMax;
import sungu.keras.random.Seeded;
import sungu.keras.regularizers.Regularizer;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Context;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A function of tensors with weights: the building block of models.
 *
 * <p>A layer declares its settings once (see {@link Setting}), makes its weights in {@link
 * #build(Shape)} when the input shape is known, and computes in {@link #call(Tensor, CallContext)}.
 * Everything else follows: casting to the policy's dtype, masks, losses, symbolic calls, saving.
 */
public abstract non-sealed class Layer extends LayerState implements CallNode.Owner {
    /** The name; made from the class name when not set. */
    public static final Setting<String> NAME = Setting.text("name").optional();

    /** Whether the weights change in training. */
    public static final Setting<Boolean> TRAINABLE =
            Setting.flag("trainable").defaults(true).live();

    /** In which dtype the layer computes and keeps its weights. */
    public static final Setting<DTypePolicy> DTYPE =
            Setting.of("dtype", DTypePolicy.CODEC).defaults(KerasConfig::dtypePolicy);

    private final List<InputSpec> inputSpecs = new ArrayList<>();
    private final List<CallNode> calls = new ArrayList<>();
    private @Nullable String parentPath;
    private volatile boolean built;
    private @Nullable Object builtFrom;
    private @Nullable Shape givenInputShape;
    private volatile List<Tensor> lastLosses = List.of();
    private boolean settled;
    private boolean supportsMasking;
    private @Nullable Regularizer activityRegularizer;

    /** For sub-classes. */
    protected Layer() {}

    /** A layer class {@code S} whose setters return {@code S}. */
    public abstract static class Of<S extends Of<S>> extends Layer {
        /** For sub-classes. */
        protected Of() {}

        /** Sets a setting and returns this layer. */
        @SuppressWarnings("unchecked")
        protected final <T> S with(Setting<T> setting, T value) {
            set(setting, value);
            return (S) this;
        }

        /** The name, unique among the layers of a model. */
        public S name(String unique) {
            return with(NAME, unique);
        }

        /** Whether the weights change in training; acts at the next {@code compile}. */
        @SuppressWarnings("unchecked")
        public S trainable(boolean on) {
            setTrainable(on);
            return (S) this;
        }

        /** The shape of one row, for the first layer of a {@code Sequential}. */
        public S inputShape(int... row) {
            return inputBatchShape(Shape.of(row).insert(0, Shape.UNKNOWN));
        }

        /**
         * The size of a row, for the first layer of a {@code Sequential} whose rows are vectors.
         */
        public S inputDim(int size) {
            return inputShape(size);
        }

        @SuppressWarnings("unchecked")
        private S inputBatchShape(Shape shape) {
            ((Layer) this).givenInputShape = shape;
            return (S) this;
        }

        /**
         * The dtype in which the layer computes and keeps its weights, or the name of a policy such
         * as {@code mixed_bfloat16}.
         */
        public S dtype(String policy) {
            return with(DTYPE, DTypePolicy.of(policy));
        }
    }

    /** The type of one of Keras' layers: its own settings after those of all layers. */
    static <L extends Layer> ObjectType<L> typed(
            String className, Supplier<L> make, Setting<?>... own) {
        return ObjectType.of("keras.layers", className, make, own).withBase(NAME, TRAINABLE, DTYPE);
    }

    // ---- what a sub-class writes
    // ----------------------------------------------------------------------------------------------

    @Override
    protected List<Setting<?>> settings() {
        return List.of(NAME, TRAINABLE, DTYPE);
    }

    /** Makes the weights for inputs of this shape; unknown dimensions are {@link Shape#UNKNOWN}. */
    protected void build(Shape input) {}

    /** Makes the weights for several inputs. */
    protected void build(List<Shape> inputs) {
        build(inputs.isEmpty() ? Shape.SCALAR : inputs.getFirst());
    }

    /** Computes the output of one input. */
    protected Tensor call(Tensor input, CallContext context) {
        throw new TensorException(
                describe() + " has no call method", "override call(Tensor, CallContext)");
    }

    /** Computes the outputs of a structure of inputs; of a single one unless overridden. */
    protected Tensors call(Tensors inputs, CallContext context) {
        return Tensors.of(call(inputs.only(), context));
    }

    /** Computes the outputs of all arguments; of the first one unless overridden. */
    protected Tensors call(Arguments arguments, CallContext context) {
        return call(Tensors.ofNested(arguments.positional().getFirst()), context);
    }

    /**
     * The names of the arguments of a call, in order, the first one's included: what is given by
     * position is found under these names, and the first one may be given by name, too. Empty where
     * arguments stay as they are given.
     */
    protected List<String> parameters() {
        return List.of();
    }

    /**
     * The names among {@link #parameters} of the inputs that the layer is built for, where they are
     * several arguments. Empty for the first argument alone.
     */
    protected List<String> builtFor() {
        return List.of();
    }

    /**
     * The mask of the output: where the layer passes masks on, the one given as the argument {@code
     * mask}, else that of the first input.
     *
     * @param arguments the arguments with their masks
     * @param output what the layer made of them
     */
    protected @Nullable Tensor computeMask(Arguments arguments, Tensor output) {
        if (!supportsMasking) {
            return null;
        }
        if (arguments.named().get("mask") instanceof Tensor given) {
            return given;
        }
        var tensors = arguments.tensors();
        return tensors.isEmpty() ? null : tensors.getFirst().mask();
    }

    /**
     * The types of the outputs for symbolic inputs; found by tracing {@link #call} unless
     * overridden.
     */
    protected @Nullable Tensors outputSpec(Arguments symbolic) {
        return null;
    }

    /**
     * The dtype that symbolic outputs are said to have, whatever the inputs are; null for the one
     * that tracing finds.
     */
    protected @Nullable DType symbolicDtype() {
        return null;
    }

    /** Whether floating inputs are cast to the dtype that the layer computes in. */
    protected boolean autocast() {
        return true;
    }

    /** Declares that masks pass through this layer. */
    protected final void supportsMasking(boolean on) {
        supportsMasking = on;
    }

    /** Declares what inputs the layer takes; checked at each call. */
    protected final void inputSpec(InputSpec... specs) {
        inputSpecs.clear();
        inputSpecs.addAll(List.of(specs));
    }

    /** Declares a penalty on the output, added to the losses. */
    protected final void penalizeActivity(@Nullable Regularizer regularizer) {
        activityRegularizer = regularizer;
    }

    /** Adds a trainable weight. */
    protected final Weight addWeight(String weightName, Shape shape, Initializer initializer) {
        return addWeight(weightName, shape, initializer, null, null, true);
    }

    /** Adds a weight with all that can be said about it. */
    protected final Weight addWeight(
            String weightName,
            Shape shape,
            Initializer initializer,
            @Nullable Regularizer regularizer,
            @Nullable Constraint constraint,
            boolean trainable) {
        return addWeight(
                weightName,
                shape,
                policy().variableDtype(),
                initializer,
                regularizer,
                constraint,
                trainable);
    }

    /** Adds a weight of a given dtype. */
    protected final Weight addWeight(
            String weightName,
            Shape shape,
            DType dtype,
            Initializer initializer,
            @Nullable Regularizer regularizer,
            @Nullable Constraint constraint,
            boolean trainable) {
        if (!shape.isKnown()) {
            throw new TensorException(
                    "weight '"
                            + weightName
                            + "' of "
                            + describe()
                            + " would have the unknown shape "
                            + shape,
                    "give the layer an input shape without unknown dimensions where weights depend"
                            + " on it");
        }
        // Weights are values even when the layer is built while a function is traced.
        var weight =
                Context.eagerly(() ->
                        new Weight(initializer.apply(shape, dtype), weightName, NameScope.path()));
        weight.regularizer(regularizer);
        weight.constraint(constraint);
        weight.trainable(trainable && trainable());
        weight.structurallyTrainable(trainable);
        return addOwn(weight);
    }

    /** Adds a trainable weight with the settings that it has in this layer. */
    final Weight addWeight(String weightName, Shape shape, WeightSetting setting) {
        return addWeight(
                weightName,
                shape,
                get(setting.initializer()),
                find(setting.regularizer()),
                find(setting.constraint()),
                true);
    }

    /** Adds a weight that gradients never change, with an initializer by name. */
    final Weight addFixed(String weightName, Shape shape, DType dtype, String initializer) {
        return addWeight(
                weightName,
                shape,
                dtype,
                WeightSettings.INITIALIZER_CODEC.decode(initializer),
                null,
                null,
                false);
    }

    /** Adds the weight that says to which block each of {@code length} elements belongs. */
    final Weight addGroups(int length, int blockSize) {
        var groups = addFixed("g_idx", Shape.of(length), DType.FLOAT32, "zeros");
        Context.eagerly(() -> groups.assign(AbsMax.groups(length, blockSize)));
        return groups;
    }

    /** A weight that {@link #build} has made. */
    protected static Weight built(@Nullable Weight weight) {
        if (weight == null) {
            throw new TensorException(
                    "the layer is not built yet",
                    "call it through apply, or build it for an input shape");
        }
        return weight;
    }

    /** Adds a loss to the one that training minimises; called in {@link #call}. */
    protected final void addLoss(Tensor loss) {
        var context = CallContext.current();
        if (context == null) {
            throw new TensorException(describe() + ": addLoss works inside of call only");
        }
        context.addLoss(loss);
    }

    /** The first argument of a call, which is one tensor. */
    static Tensor input(Arguments arguments) {
        return Tensors.ofNested(arguments.positional().getFirst()).only();
    }

    // ---- calling
    // --------------------------------------------------------------------------------------------------------------

    /** Applies the layer. */
    public final Tensor apply(Tensor input) {
        var known = infer(input);
        return known != null ? known : apply(Arguments.of(input)).only();
    }

    /** Applies the layer for training or for inference. */
    public final Tensor apply(Tensor input, boolean training) {
        var known = training ? null : infer(input);
        return known != null ? known : apply(Arguments.of(input).with("training", training)).only();
    }

    /**
     * The output for one input outside of training where something knows it that is faster than
     * {@link #call}; null where the layer is to be called.
     */
    protected @Nullable Tensor infer(Tensor input) {
        return null;
    }

    /** Whether this is one of the library's own layers. */
    protected boolean isBuiltIn() {
        var type = type();
        return Layers.CATALOGUE.find().apply(type.className()) == type;
    }

    /**
     * Whether outputs outside of training depend on inputs and variables alone, and nothing else
     * comes of a call: so it is where this layer and those inside are built in, without functions
     * of users and without penalties on outputs.
     */
    protected final boolean isPlain() {
        for (var layer : flattened()) {
            if (!layer.isBuiltIn() || layer.activityRegularizer != null) {
                return false;
            }
            for (var value : layer.settingValues()) {
                if (value instanceof Activation activation && !activation.isBuiltIn()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Applies the layer to several inputs. */
    public final Tensor apply(List<? extends Tensor> inputs) {
        return apply(Arguments.of(inputs)).only();
    }

    /** Applies the layer to a structure of inputs. */
    public final Tensors apply(Tensors inputs) {
        return apply(Arguments.of(inputs));
    }

    /** Applies the layer to arguments as Python would pass them: by position and by name. */
    public final Tensors apply(Arguments arguments) {
        return new LayerCall(this, arguments).run();
    }

    // ---- what the call machinery needs
    // ----------------------------------------------------------------------------------------

    final List<InputSpec> inputSpecs() {
        return inputSpecs;
    }

    final @Nullable Regularizer activityPenalty() {
        return activityRegularizer;
    }

    final void rememberLosses(List<Tensor> losses) {
        lastLosses = List.copyOf(losses);
    }

    /**
     * Lets all parts draw their seeds, in the order of the settings: done once, when the layer is
     * complete.
     */
    public void settle() {
        if (!settled) {
            settled = true;
            for (var value : settingValues()) {
                if (value instanceof Seeded seeded) {
                    seeded.drawSeed();
                }
            }
        }
    }

    @Override
    protected void configured() {
        settle();
    }

    @Override
    public final Tensors replay(Arguments replayed, @Nullable Boolean training) {
        return apply(replayed);
    }

    @Override
    public final List<CallNode> calls() {
        return calls;
    }

    /** Runs {@code body} with this layer's name in the paths of the weights that it makes. */
    protected final <T> T inScope(Supplier<T> body) {
        if (parentPath == null) {
            parentPath = NameScope.path();
        }
        return NameScope.within(name(), this, body);
    }

    final void ensureBuilt(Arguments arguments) {
        if (built) {
            return;
        }
        if (!builtFor().isEmpty()) {
            buildForSeveral(arguments);
            return;
        }
        var shapes =
                new Arguments(arguments.positional(), Map.of())
                        .tensors().stream().map(Tensor::shape).toList();
        buildFor(shapes, BuildShapes.tree(arguments));
    }

    private void buildForSeveral(Arguments arguments) {
        var given = new LinkedHashMap<String, Shape>();
        for (var name : builtFor()) {
            var argument =
                    name.equals(parameters().getFirst())
                            ? arguments.positional().getFirst()
                            : arguments.named().get(name);
            if (argument != null) {
                given.put(name + "_shape", Tensors.ofNested(argument).only().shape());
            }
        }
        buildFor(List.copyOf(given.values()), BuildShapes.tree(given));
    }

    /** Builds the layer for these input shapes; does nothing if it is built. */
    public final void buildFor(Shape... inputs) {
        if (!built) {
            buildFor(
                    List.of(inputs),
                    inputs.length == 1
                            ? BuildShapes.tree(inputs[0])
                            : BuildShapes.tree(List.of(inputs)));
        }
    }

    private synchronized void buildFor(List<Shape> shapes, Object from) {
        if (built) {
            return;
        }
        var suspended = CallContext.suspend();
        try {
            inScope(() -> {
                build(shapes);
                return null;
            });
        } finally {
            CallContext.resume(suspended);
        }
        builtFrom = from;
        markBuilt();
    }

    /** Declares the layer built: its structural settings can't be changed any more. */
    protected final void markBuilt() {
        markWeightsMade();
        freeze();
    }

    /**
     * Declares the layer built, with settings still open: for models that are made of built layers.
     */
    protected final void markWeightsMade() {
        built = true;
    }

    /** Builds the layer again as a file says. */
    public void buildFromConfig(Map<String, @Nullable Object> buildConfig) {
        var shapes = buildConfig.get("input_shape");
        if (shapes != null && !built) {
            buildFor(BuildShapes.shapes(shapes), shapes);
        } else if (buildConfig.get("shapes_dict") instanceof Map<?, ?> named && !built) {
            buildFromShapes(named);
        }
    }

    private void buildFromShapes(Map<?, ?> named) {
        var names = builtFor().isEmpty() ? parameters().stream().limit(1).toList() : builtFor();
        var ordered = new LinkedHashMap<Object, Object>();
        for (var name : names) {
            var shape = named.get(name + "_shape");
            if (shape != null) {
                ordered.put(name + "_shape", shape);
            }
        }
        if (!ordered.isEmpty()) {
            var from = builtFor().isEmpty() ? ordered.values().iterator().next() : ordered;
            buildFor(BuildShapes.shapes(from), from);
        }
    }

    /** What a file needs to build the layer again; null if it is not built. */
    public @Nullable Map<String, Object> buildConfig() {
        return builtFrom == null
                ? null
                : new LinkedHashMap<>(
                        Map.of(builtFor().isEmpty() ? "input_shape" : "shapes_dict", builtFrom));
    }

    // ---- what it has
    // ----------------------------------------------------------------------------------------------------------

    /** The name. */
    @Override
    public final String name() {
        var set = find(NAME);
        if (set == null) {
            set = KerasConfig.uniqueName(Names.snakeCase(shownClass()));
            settle(NAME, set);
        }
        return set;
    }

    /** The name of the class in summaries; names that are not set follow from it. */
    public String shownClass() {
        return type().className();
    }

    /**
     * Renames a layer whose weights may be made already: their paths, and those of the layers
     * inside, begin with the new name.
     */
    protected final void rename(String unique) {
        if (find(NAME) == null) {
            set(NAME, unique);
            return;
        }
        var before = path();
        set(NAME, unique);
        var now = path();
        for (var layer : flattened()) {
            var parent = layer.parentPath;
            if (parent != null && layer != this) {
                layer.parentPath = Weight.moved(parent, before, now);
            }
            layer.ownWeights().forEach(weight -> weight.move(before, now));
        }
    }

    /** The name with those of the layers around it, such as {@code model/block/dense}. */
    public final String path() {
        var parent = parentPath;
        return parent == null || parent.isEmpty() ? name() : parent + "/" + name();
    }

    @Override
    public final boolean built() {
        return built;
    }

    /**
     * The output types for the shapes that the layer was built for; null if it was not built for
     * single shapes.
     */
    public final @Nullable Tensors builtOutputs() {
        if (!(builtFrom instanceof List<?> list)
                || list.isEmpty()
                || list.getFirst() instanceof List
                || list.getFirst() instanceof Map) {
            return null;
        }
        var input =
                new KerasTensor(
                        new TensorType(computeDtype(), BuildShapes.shapes(list).getFirst()));
        return new LayerCall(this, Arguments.of(input)).types();
    }

    /**
     * The input shape, batch dimension first, that was given for a first layer; null if none was.
     */
    public final @Nullable Shape givenInputShape() {
        return givenInputShape;
    }

    /** The dtype policy. */
    public final DTypePolicy policy() {
        return get(DTYPE);
    }

    /** The dtype that the layer computes in. */
    public final DType computeDtype() {
        return policy().computeDtype();
    }

    /**
     * The losses besides the one of {@code compile}: those added in the last call, then the
     * penalties of regularizers on trainable weights, as they are now.
     */
    public final List<Tensor> losses() {
        var all = new ArrayList<>(lastLosses);
        for (var weight : trainableWeights()) {
            var regularizer = weight.regularizer();
            if (regularizer != null) {
                all.add(regularizer.apply(weight.value()));
            }
        }
        return all;
    }

    /** How messages name this layer: {@code layer 'dense_1' (Dense)}. */
    @Override
    public final String describe() {
        return "layer '" + name() + "' (" + getClass().getSimpleName() + ")";
    }
}
