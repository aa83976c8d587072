package sungu.keras.models;

import org.jspecify.annotations.Nullable;

import sungu.keras.Tensors;
import sungu.keras.Weight;
import sungu.keras.layers.Layer;
import sungu.keras.ops.CallNode;
import sungu.keras.ops.Operations;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How {@code model.summary()} prints a model: as Keras does. A value: each method returns changed
 * options.
 *
 * @param lineLength the width of the table; 0 for that of the terminal
 * @param expandNested whether the layers of nested models are shown
 * @param showTrainable whether a column says which layers train
 * @param firstLayer the name, or a regular expression for it, of the first layer shown; null for
 *     all
 * @param lastLayer the same of the last layer shown
 */
public record Summary(
        int lineLength,
        boolean expandNested,
        boolean showTrainable,
        @Nullable String firstLayer,
        @Nullable String lastLayer) {
    /** A table as wide as the terminal. */
    public static final Summary DEFAULT = new Summary(0, false, false, null, null);

    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

    /** The width of the table. */
    public Summary lineLength(int columns) {
        return new Summary(columns, expandNested, showTrainable, firstLayer, lastLayer);
    }

    /** Whether the layers of nested models are shown. */
    public Summary expandNested(boolean on) {
        return new Summary(lineLength, on, showTrainable, firstLayer, lastLayer);
    }

    /** Whether a column says which layers train. */
    public Summary showTrainable(boolean on) {
        return new Summary(lineLength, expandNested, on, firstLayer, lastLayer);
    }

    /** Shows the layers between two, which are given by name or regular expression. */
    public Summary layerRange(String first, String last) {
        return new Summary(lineLength, expandNested, showTrainable, first, last);
    }

    /** The text of a summary; each line ends with a line feed. */
    public static String text(
            Model model, int lineLength, boolean expandNested, boolean showTrainable) {
        return DEFAULT.lineLength(lineLength)
                .expandNested(expandNested)
                .showTrainable(showTrainable)
                .text(model);
    }

    /** The text of a model's summary; each line ends with a line feed. */
    public String text(Model model) {
        return new Printed(this, model).toString();
    }

    /** One summary being made. */
    private static final class Printed {
        private final Summary options;
        private final Model model;
        private final Set<CallNode> relevant = Collections.newSetFromMap(new IdentityHashMap<>());
        private final boolean connections;

        Printed(Summary options, Model model) {
            this.options = options;
            this.model = model;
            connections = model instanceof Functional functional && !isChain(functional);
        }

        /**
         * Whether each call has one input and no layer is called twice: then the order of rows says
         * all.
         */
        private boolean isChain(Functional functional) {
            relevant.addAll(functional.graph().nodes());
            var owners = Collections.newSetFromMap(new IdentityHashMap<>());
            return functional.graph().levels().stream()
                            .allMatch(level ->
                                    level.size() == 1 && level.getFirst().parents().size() <= 1)
                    && functional.graph().nodes().stream()
                            .allMatch(node -> owners.add(node.owner()));
        }

        @Override
        public String toString() {
            var text =
                    new StringBuilder("Model: \"")
                            .append(model.name())
                            .append("\"\n")
                            .append(table());
            var trainable = model.trainableWeights();
            var fixed = model.nonTrainableWeights();
            var compiled = model.compiled() != null && model.optimizer().isBuilt();
            List<Weight> optimizer = compiled ? model.optimizer().variables() : List.of();
            total(text, "Total", List.of(trainable, fixed, optimizer));
            total(text, "Trainable", List.of(trainable));
            total(text, "Non-trainable", List.of(fixed));
            if (compiled) {
                total(text, "Optimizer", List.of(optimizer));
            }
            return text.toString();
        }

        private TextTable table() {
            var header = new ArrayList<>(List.of("Layer (type)", "Output Shape", "Param #"));
            var aligns =
                    new ArrayList<>(
                            List.of(
                                    TextTable.Align.LEFT,
                                    TextTable.Align.LEFT,
                                    TextTable.Align.RIGHT));
            double[] ends = {0.45, 0.80, 1};
            int length = 88;
            if (connections) {
                header.add("Connected to");
                aligns.add(TextTable.Align.LEFT);
                ends = new double[] {0.3, 0.56, 0.74, 1};
                length = 108;
            }
            if (options.showTrainable()) {
                header.add("Trainable");
                aligns.add(TextTable.Align.CENTER);
                length += 12;
                var scaled = new double[ends.length + 1];
                for (int i = 0; i < ends.length; i++) {
                    scaled[i] = ends[i] * 0.9;
                }
                scaled[ends.length] = 1;
                ends = scaled;
            }
            int lineLength =
                    options.lineLength() > 0
                            ? options.lineLength()
                            : Math.min(length, terminalWidth());
            var table = new TextTable(header, aligns, widths(ends, lineLength), lineLength);
            for (var owner : chosen()) {
                addRows(table, owner, 0);
            }
            return table;
        }

        private static int terminalWidth() {
            var columns = System.getenv("COLUMNS");
            return columns != null && columns.matches("[1-9]\\d{1,3}")
                    ? Integer.parseInt(columns)
                    : 80;
        }

        private static int[] widths(double[] ends, int lineLength) {
            var widths = new int[ends.length];
            int from = 0;
            for (int i = 0; i < ends.length; i++) {
                widths[i] = (int) (ends[i] * lineLength) - from;
                if (widths[i] < 4) {
                    throw new TensorException(
                            "summary: a line length of "
                                    + lineLength
                                    + " is too small for "
                                    + ends.length
                                    + " columns");
                }
                from += widths[i];
            }
            return widths;
        }

        private List<? extends CallNode.Owner> chosen() {
            List<? extends CallNode.Owner> all =
                    model instanceof Functional functional
                            ? functional.graph().owners().stream()
                                    .map(CallNode.Owner.class::cast)
                                    .toList()
                            : model.layers();
            var first = options.firstLayer();
            var last = options.lastLayer();
            if (first == null || last == null) {
                return all;
            }
            var from = matching(all, first);
            var to = matching(all, last);
            if (from.isEmpty() || to.isEmpty()) {
                throw new TensorException(
                        "summary: no layers match the range '" + first + "' to '" + last + "'",
                        "the layers are " + all.stream().map(CallNode.Owner::name).toList());
            }
            int a = from.getFirst();
            int b = to.getLast();
            return a <= b ? all.subList(a, b + 1) : all.subList(to.getFirst(), from.getLast() + 1);
        }

        private static List<Integer> matching(List<? extends CallNode.Owner> owners, String regex) {
            var pattern = Pattern.compile(regex);
            var found = new ArrayList<Integer>();
            for (int i = 0; i < owners.size(); i++) {
                if (pattern.matcher(owners.get(i).name()).lookingAt()) {
                    found.add(i);
                }
            }
            return found;
        }

        private void addRows(TextTable table, CallNode.Owner owner, int depth) {
            var prefix = depth == 0 ? "" : "   ".repeat(depth) + "└ ";
            var cells =
                    new ArrayList<>(
                            List.of(
                                    prefix + owner.name() + " (" + className(owner) + ")",
                                    outputShape(owner),
                                    params(owner)));
            if (connections) {
                cells.add(connections(owner));
            }
            if (options.showTrainable()) {
                cells.add(
                        owner instanceof Layer layer && !layer.weights().isEmpty()
                                ? layer.trainable() ? "Y" : "N"
                                : "-");
            }
            table.add(cells);
            if (options.expandNested() && owner instanceof Model nested) {
                nested.layers().forEach(layer -> addRows(table, layer, depth + 1));
            }
        }

        private static String className(CallNode.Owner owner) {
            return switch (owner) {
                case Layer layer -> layer.shownClass();
                case Operations.Called called -> String.valueOf(called.tree().get("class_name"));
                default -> owner.getClass().getSimpleName();
            };
        }

        private static String params(CallNode.Owner owner) {
            if (!(owner instanceof Layer layer)) {
                return "0";
            }
            return layer.built() ? count(layer.countParams()) : "0 (unbuilt)";
        }

        private String connections(CallNode.Owner owner) {
            var names = new ArrayList<String>();
            for (var node : owner.calls()) {
                if (!relevant.contains(node)) {
                    continue;
                }
                for (var parent : node.parents()) {
                    var from = parent.node();
                    if (from != null) {
                        names.add(
                                from.owner().name()
                                        + "["
                                        + from.index()
                                        + "]["
                                        + parent.index()
                                        + "]");
                    }
                }
            }
            return names.isEmpty() ? "-" : String.join(", ", names);
        }

        /**
         * The shapes of the last symbolic call; for a layer that was only called on values, those
         * for the shapes it was built for.
         */
        private static String outputShape(CallNode.Owner owner) {
            List<Tensor> outputs = new ArrayList<>();
            Tensors structure = null;
            if (!owner.calls().isEmpty()) {
                structure = owner.calls().getLast().structure();
            } else if (owner instanceof Layer layer) {
                structure = layer.builtOutputs();
            }
            if (structure == null) {
                return "?";
            }
            outputs.addAll(structure.flat());
            return outputs.size() == 1 ? shape(outputs.getFirst().shape()) : nested(structure);
        }

        private static String nested(Tensors structure) {
            return switch (structure) {
                case Tensors.Leaf leaf -> shape(leaf.tensor().shape());
                case Tensors.Items items ->
                        "["
                                + String.join(
                                        ", ", items.items().stream().map(Printed::nested).toList())
                                + "]";
                case Tensors.Named named ->
                        "{"
                                + String.join(
                                        ", ",
                                        named.entries().entrySet().stream()
                                                .map(Printed::entry)
                                                .toList())
                                + "}";
            };
        }

        private static String entry(Map.Entry<String, Tensors> entry) {
            return entry.getKey() + ": " + nested(entry.getValue());
        }

        private static String shape(Shape shape) {
            var dims = new ArrayList<String>();
            for (int dim : shape.dims()) {
                dims.add(dim < 0 ? "None" : String.valueOf(dim));
            }
            return "(" + String.join(", ", dims) + ")";
        }

        private static void total(
                StringBuilder text, String what, List<? extends List<Weight>> groups) {
            long count = 0;
            double bytes = 0;
            for (var group : groups) {
                for (var weight : group) {
                    count += weight.size();
                    bytes += (double) weight.size() * weight.dtype().bytes();
                }
            }
            text.append(' ')
                    .append(what)
                    .append(" params: ")
                    .append(count(count))
                    .append(" (")
                    .append(size(bytes))
                    .append(")\n");
        }

        private static String count(long number) {
            return String.format(Locale.ROOT, "%,d", number);
        }

        private static String size(double bytes) {
            double value = bytes;
            int unit = 0;
            while (value >= 1024 && unit < UNITS.length - 1) {
                value /= 1024;
                unit++;
            }
            return new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN) + " " + UNITS[unit];
        }
    }
}
