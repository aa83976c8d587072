package sungu.graph;

import org.jspecify.annotations.Nullable;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.TensorType;

import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The text form of graphs, complete: it parses back to an equal graph.
 *
 * <pre>{@code
 * graph(%0: f32[2,3], %1: f32[3,4]) {
 *   %2: f32[2,4] = dot_general(%0, %1) {leftBatch=[], rightBatch=[], leftContract=[1], rightContract=[0]}
 *   %3: f32[] = constant() {value=f32[](0.5)}
 *   %4: f32[2,4] = multiply(%2, %3) @ "dense_1"
 *   return %4
 * }
 * }</pre>
 *
 * <p>A line is a node: its outputs with their types, the label of the primitive, the inputs, the
 * settings of the primitive by name, and the place in the user's model where there is one. Values
 * are numbered in the order in which they appear. The graphs that control primitives hold stand in
 * their settings, with a numbering of their own.
 */
public final class GraphText {
    private final StringBuilder text = new StringBuilder();
    private final boolean complete;

    private GraphText(boolean complete) {
        this.complete = complete;
    }

    static String print(Graph graph) {
        var printer = new GraphText(true);
        printer.graph(graph, "");
        return printer.text.toString();
    }

    /** A text for people: large constants are left out. It does not parse back. */
    public static String brief(Graph graph) {
        var printer = new GraphText(false);
        printer.graph(graph, "");
        return printer.text.toString();
    }

    /**
     * The settings of a primitive as graph text shows them, such as <code>{order=[1, 0]}</code>;
     * empty for none.
     */
    public static String settings(Object primitive) {
        var printer = new GraphText(false);
        printer.settings(primitive, "");
        return printer.text.toString();
    }

    /**
     * Reads the text form.
     *
     * @throws sungu.tensor.TensorException with the number of the line if the text is no graph
     */
    public static Graph parse(String text) {
        return new GraphParser(text).whole();
    }

    private void graph(Graph graph, String indent) {
        var names = new HashMap<Value, Integer>();
        var inputs = new StringJoiner(", ", "graph(", ") {\n");
        for (var input : graph.inputs()) {
            inputs.add(defined(input, names));
        }
        text.append(inputs);
        for (var node : graph.nodes()) {
            var inner = indent + "  ";
            text.append(inner);
            var outputs = new StringJoiner(", ").setEmptyValue("_");
            for (var output : node.outputs()) {
                outputs.add(defined(output, names));
            }
            text.append(outputs)
                    .append(" = ")
                    .append(node.primitive().label())
                    .append('(')
                    .append(read(node.inputs(), names))
                    .append(')');
            settings(node.primitive(), inner);
            if (!node.place().isEmpty()) {
                text.append(" @ ").append(quoted(node.place()));
            }
            text.append('\n');
        }
        text.append(indent)
                .append("  return ")
                .append(read(graph.outputs(), names))
                .append('\n')
                .append(indent)
                .append('}');
    }

    private static String defined(Value value, Map<Value, Integer> names) {
        names.putIfAbsent(value, names.size());
        return "%" + names.get(value) + ": " + value.type();
    }

    private static String read(List<Value> values, Map<Value, Integer> names) {
        var list = new StringJoiner(", ");
        for (var value : values) {
            var name = names.get(value);
            list.add(name == null ? "%?" : "%" + name);
        }
        return list.toString();
    }

    private void settings(Object primitive, String indent) {
        if (!primitive.getClass().isRecord()) {
            return;
        }
        var components = primitive.getClass().getRecordComponents();
        if (components.length > 0) {
            text.append(' ');
            components(primitive, components, indent);
        }
    }

    private void components(Object holder, RecordComponent[] components, String indent) {
        text.append('{');
        for (int i = 0; i < components.length; i++) {
            text.append(i == 0 ? "" : ", ").append(components[i].getName()).append('=');
            item(component(holder, components[i]), indent);
        }
        text.append('}');
    }

    /** The value of a record's component. */
    static @Nullable Object component(Object holder, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(holder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "can't read " + component.getName() + " of " + holder.getClass(), e);
        }
    }

    private void item(@Nullable Object value, String indent) {
        switch (value) {
            case null -> text.append("null");
            case Graph graph -> graph(graph, indent + "  ");
            case HostTensor tensor ->
                    text.append(
                            complete || tensor.size() <= ConstantText.SMALL
                                    ? ConstantText.print(tensor)
                                    : tensor.type() + "(...)");
            case DType dtype -> text.append(dtype.code());
            case Enum<?> constant -> text.append(constant.name());
            case String string -> text.append(quoted(string));
            case List<?> list -> {
                text.append('[');
                for (int i = 0; i < list.size(); i++) {
                    text.append(i == 0 ? "" : ", ");
                    item(list.get(i), indent);
                }
                text.append(']');
            }
            case TensorType type -> text.append(type);
            case Record record ->
                    components(record, record.getClass().getRecordComponents(), indent);
            default -> text.append(value);
        }
    }

    static String quoted(String string) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
