package sungu.graph;

import org.jspecify.annotations.Nullable;

import sungu.primitive.Primitive;
import sungu.primitive.Primitives;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the form that {@link GraphText} prints. The settings of a primitive are read as the types
 * of its record components say.
 */
final class GraphParser {
    private static final String START = "graph text, line ";

    private final String text;
    private int at;

    GraphParser(String text) {
        this.text = text;
    }

    Graph whole() {
        var graph = graph();
        space();
        if (at < text.length()) {
            throw error("there is more text after the end of the graph");
        }
        return graph;
    }

    private Graph graph() {
        expect("graph");
        expect("(");
        var builder = new Graph.Builder();
        var values = new HashMap<String, Value>();
        while (!accept(")")) {
            var name = name();
            expect(":");
            define(values, name, builder.input(type()));
            if (!peek(")")) {
                expect(",");
            }
        }
        expect("{");
        while (!acceptWord("return")) {
            node(builder, values);
        }
        var outputs = new ArrayList<Value>();
        while (!accept("}")) {
            outputs.add(use(values));
            if (!peek("}")) {
                expect(",");
            }
        }
        return builder.build(outputs);
    }

    private void node(Graph.Builder builder, Map<String, Value> values) {
        var names = new ArrayList<String>();
        var types = new ArrayList<TensorType>();
        if (!accept("_")) {
            do {
                names.add(name());
                expect(":");
                types.add(type());
            } while (accept(","));
        }
        expect("=");
        int begin = at;
        var label = word("the label of a primitive");
        expect("(");
        var inputs = new ArrayList<Value>();
        while (!accept(")")) {
            inputs.add(use(values));
            if (!peek(")")) {
                expect(",");
            }
        }
        var primitive = primitive(label, begin);
        String place = accept("@") ? string() : "";
        List<Value> outputs;
        try {
            outputs = builder.node(primitive, inputs, place);
        } catch (TensorException e) {
            throw new TensorException(at(begin) + e.problem(), e.hint());
        } catch (IndexOutOfBoundsException e) {
            throw new TensorException(
                    at(begin) + label + " does not take " + inputs.size() + " inputs");
        }
        var computed = outputs.stream().map(Value::type).toList();
        if (!computed.equals(types)) {
            throw new TensorException(
                    at(begin) + label + " gives " + computed + ", the text says " + types);
        }
        for (int i = 0; i < names.size(); i++) {
            define(values, names.get(i), outputs.get(i));
        }
    }

    private Primitive primitive(String label, int begin) {
        var pointwise = Primitives.pointwise(label);
        if (pointwise != null) {
            return pointwise;
        }
        var type = Primitives.record(label);
        if (type == null) {
            throw new TensorException(
                    at(begin) + "unknown primitive '" + label + "'",
                    "the primitives are listed in sungu.primitive.Primitives");
        }
        return type.getRecordComponents().length == 0
                ? type.cast(make(type, new Object[0]))
                : type.cast(record(type));
    }

    private Object record(Class<?> type) {
        expect("{");
        var components = type.getRecordComponents();
        var arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            if (i > 0) {
                expect(",");
            }
            expect(components[i].getName());
            expect("=");
            arguments[i] = item(components[i].getGenericType());
        }
        expect("}");
        return make(type, arguments);
    }

    private Object make(Class<?> type, @Nullable Object[] arguments) {
        try {
            var parameters =
                    java.util.Arrays.stream(type.getRecordComponents())
                            .map(c -> c.getType())
                            .toArray(Class<?>[]::new);
            var constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw error(
                    type.getSimpleName()
                            + ": "
                            + (e.getCause() != null ? e.getCause().getMessage() : e.getMessage()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("can't make a " + type, e);
        }
    }

    private @Nullable Object item(Type declared) {
        Class<?> type =
                (Class<?>)
                        (declared instanceof ParameterizedType generic
                                ? generic.getRawType()
                                : declared);
        if (!type.isPrimitive() && acceptWord("null")) {
            return null;
        }
        int begin = at;
        try {
            if (type == Graph.class) {
                return graph();
            } else if (type == HostTensor.class) {
                var of = type();
                expect("(");
                return ConstantText.parse(of, until(')'));
            } else if (type == Ints.class) {
                return Ints.of(ints());
            } else if (type == Shape.class) {
                return Shape.of(ints());
            } else if (type == TensorType.class) {
                return type();
            } else if (type == DType.class) {
                return DType.of(word("a dtype"));
            } else if (type == String.class) {
                return string();
            } else if (type == boolean.class || type == Boolean.class) {
                return Boolean.valueOf(word("true or false"));
            } else if (type == int.class || type == Integer.class) {
                return Integer.valueOf(number());
            } else if (type == long.class || type == Long.class) {
                return Long.valueOf(number());
            } else if (type == double.class || type == Double.class) {
                return Double.valueOf(number());
            } else if (type == float.class || type == Float.class) {
                return Float.valueOf(number());
            } else if (type.isEnum()) {
                return constant(type, word("a constant of " + type.getSimpleName()));
            } else if (List.class.isAssignableFrom(type)) {
                return list(((ParameterizedType) declared).getActualTypeArguments()[0]);
            } else if (type.isRecord()) {
                return record(type);
            }
        } catch (IllegalArgumentException | TensorException e) {
            if (e instanceof TensorException wrong && wrong.problem().startsWith(START)) {
                throw e;
            }
            throw new TensorException(
                    at(begin) + "can't read a " + type.getSimpleName() + ": " + e.getMessage());
        }
        throw new IllegalStateException("graph text has no form for " + type);
    }

    private List<@Nullable Object> list(Type of) {
        expect("[");
        var items = new ArrayList<@Nullable Object>();
        while (!accept("]")) {
            items.add(item(of));
            if (!peek("]")) {
                expect(",");
            }
        }
        return java.util.Collections.unmodifiableList(items);
    }

    private static Object constant(Class<?> type, String name) {
        for (var constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no constant " + name);
    }

    // ---- words
    // ----------------------------------------------------------------------------------------------------------------

    private void define(Map<String, Value> values, String name, Value value) {
        if (values.putIfAbsent(name, value) != null) {
            throw error(name + " is defined twice");
        }
    }

    private Value use(Map<String, Value> values) {
        var name = name();
        var value = values.get(name);
        if (value == null) {
            throw error(name + " is read before it is defined");
        }
        return value;
    }

    private String name() {
        space();
        int begin = at;
        if (at < text.length() && text.charAt(at) == '%') {
            at++;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
        }
        if (at - begin < 2) {
            throw error("expected a value such as %1, got " + here());
        }
        return text.substring(begin, at);
    }

    private TensorType type() {
        var dtype = word("a type such as f32[2,3]");
        int[] dims = ints();
        try {
            return new TensorType(DType.of(dtype), Shape.of(dims));
        } catch (TensorException e) {
            throw error(e.problem());
        }
    }

    private int[] ints() {
        expect("[");
        var items = new ArrayList<Integer>();
        while (!accept("]")) {
            items.add(integer());
            if (!peek("]")) {
                expect(",");
            }
        }
        return items.stream().mapToInt(Integer::intValue).toArray();
    }

    private int integer() {
        int begin = at;
        var digits = number();
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new TensorException(at(begin) + "expected an integer, got '" + digits + "'");
        }
    }

    private String number() {
        space();
        int begin = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at))
                        || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(begin, at);
    }

    private String word(String what) {
        space();
        int begin = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (at == begin) {
            throw error("expected " + what + ", got " + here());
        }
        return text.substring(begin, at);
    }

    private String string() {
        expect("\"");
        var out = new StringBuilder();
        for (; at < text.length() && text.charAt(at) != '"'; at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                c = text.charAt(++at);
                c = c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
            }
            out.append(c);
        }
        expectHere('"');
        return out.toString();
    }

    private String until(char end) {
        int close = text.indexOf(end, at);
        if (close < 0) {
            throw error("no '" + end + "' follows");
        }
        var inside = text.substring(at, close);
        at = close + 1;
        return inside;
    }

    private void expectHere(char c) {
        if (at >= text.length() || text.charAt(at) != c) {
            throw error("expected '" + c + "', got " + here());
        }
        at++;
    }

    private void expect(String token) {
        if (!accept(token)) {
            throw error("expected '" + token + "', got " + here());
        }
    }

    private boolean peek(String token) {
        space();
        return text.startsWith(token, at);
    }

    private boolean accept(String token) {
        boolean found = peek(token);
        at += found ? token.length() : 0;
        return found;
    }

    private boolean acceptWord(String word) {
        space();
        int end = at + word.length();
        return (end >= text.length() || !Character.isLetterOrDigit(text.charAt(end)))
                && accept(word);
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String here() {
        if (at >= text.length()) {
            return "the end of the text";
        }
        int end = text.indexOf('\n', at);
        var rest = text.substring(at, end < 0 ? text.length() : end);
        return "'" + (rest.length() > 20 ? rest.substring(0, 20) + "..." : rest) + "'";
    }

    private TensorException error(String problem) {
        return new TensorException(at(at) + problem);
    }

    private String at(int position) {
        int line = 1;
        for (int i = 0; i < Math.min(position, text.length()); i++) {
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return START + line + ": ";
    }
}
