package sungu.graph;

import sungu.primitive.Literal;
import sungu.primitive.Primitive;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorType;
import sungu.trace.Context;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A function of tensors as data: inputs, nodes in an order in which they can run, and outputs.
 * Immutable once built.
 *
 * <p>It prints as text ({@link #text}) and parses back ({@link GraphText#parse}); two graphs with
 * the same text are equal.
 */
public final class Graph {
    private final List<Value> inputs;
    private final List<Node> nodes;
    private final List<Value> outputs;

    /** A number above those of all values. */
    private final int next;

    private final Map<Object, Object> derived = new ConcurrentHashMap<>();
    private volatile String name = "";

    Graph(List<Value> inputs, List<Node> nodes, List<Value> outputs, int next) {
        this.next = next;
        this.inputs = List.copyOf(inputs);
        this.nodes = List.copyOf(nodes);
        this.outputs = List.copyOf(outputs);
    }

    /** The inputs, in order. */
    public List<Value> inputs() {
        return inputs;
    }

    /** The nodes, each after those whose outputs it reads. */
    public List<Node> nodes() {
        return nodes;
    }

    /** The outputs, in order; an input or a repeated value may be among them. */
    public List<Value> outputs() {
        return outputs;
    }

    /** What this graph is called in profiles and recordings; may be empty, and is no part of it. */
    public String name() {
        return name;
    }

    /** Sets what this graph is called in profiles and recordings. */
    public void name(String given) {
        name = given;
    }

    /** The types of the inputs. */
    public TensorType[] inputTypes() {
        return inputs.stream().map(Value::type).toArray(TensorType[]::new);
    }

    /** The types of the outputs. */
    public TensorType[] outputTypes() {
        return outputs.stream().map(Value::type).toArray(TensorType[]::new);
    }

    /**
     * Applies each primitive in turn through {@link Context#bind}: evaluates eagerly, or records
     * into an open trace or tape.
     */
    public Tensor[] apply(Tensor... arguments) {
        if (arguments.length != inputs.size()) {
            throw new IllegalArgumentException(
                    "a graph of " + inputs.size() + " inputs got " + arguments.length);
        }
        var values = new HashMap<Value, Tensor>();
        for (int i = 0; i < arguments.length; i++) {
            values.put(inputs.get(i), arguments[i]);
        }
        for (Node node : nodes) {
            var in = node.inputs().stream().map(values::get).toArray(Tensor[]::new);
            var out = Context.bindAll(node.primitive(), in);
            for (int i = 0; i < out.length; i++) {
                values.put(node.outputs().get(i), out[i]);
            }
        }
        return outputs.stream().map(values::get).toArray(Tensor[]::new);
    }

    /** The same graph without its last {@code count} outputs. */
    public Graph withoutLast(int count) {
        return count == 0
                ? this
                : new Graph(inputs, nodes, outputs.subList(0, outputs.size() - count), next);
    }

    /** Something worked out from this graph once and kept with it, such as its compiled program. */
    @SuppressWarnings("unchecked")
    public <T> T derived(Object key, Function<Graph, T> make) {
        var known = derived.get(key);
        if (known == null) {
            known = make.apply(this);
            var earlier = derived.putIfAbsent(key, known);
            known = earlier != null ? earlier : known;
        }
        return (T) known;
    }

    /** The complete text form; it parses back to an equal graph. */
    public String text() {
        return GraphText.print(this);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Graph graph
                        && nodes.size() == graph.nodes.size()
                        && text().equals(graph.text());
    }

    @Override
    public int hashCode() {
        return nodes.size() * 31 + inputs.size();
    }

    @Override
    public String toString() {
        return text();
    }

    /** Collects inputs and nodes; {@link #build} makes the graph. */
    public static final class Builder {
        private final List<Value> inputs = new ArrayList<>();
        private final List<Node> nodes = new ArrayList<>();
        private int next;

        /** A graph without inputs or nodes so far. */
        public Builder() {}

        /** A graph with the inputs of another; nodes of that one can be taken over as they are. */
        public Builder(Graph like) {
            inputs.addAll(like.inputs);
            next = like.next;
        }

        /** Adds an input. */
        public Value input(TensorType type) {
            var value = new Value(next++, type);
            inputs.add(value);
            return value;
        }

        /** Adds a node; its outputs have the types that the primitive's rule gives. */
        public List<Value> node(Primitive primitive, List<Value> arguments, String place) {
            var types =
                    primitive.types(arguments.stream().map(Value::type).toArray(TensorType[]::new));
            var outputs = new ArrayList<Value>(types.length);
            for (var type : types) {
                outputs.add(new Value(next++, type));
            }
            return add(primitive, arguments, outputs, place);
        }

        /** Takes over a node whose inputs are in this graph. */
        public void share(Node node) {
            nodes.add(node);
        }

        /** Adds a node like another with other inputs of the same types. */
        public List<Value> like(Node other, List<Value> arguments) {
            var outputs = new ArrayList<Value>(other.outputs().size());
            for (var output : other.outputs()) {
                outputs.add(new Value(next++, output.type()));
            }
            return add(other.primitive(), arguments, outputs, other.place());
        }

        private List<Value> add(
                Primitive primitive, List<Value> arguments, List<Value> outputs, String place) {
            var node = new Node(primitive, List.copyOf(arguments), List.copyOf(outputs), place);
            for (int i = 0; i < outputs.size(); i++) {
                outputs.get(i).computedBy(node, i);
            }
            nodes.add(node);
            return node.outputs();
        }

        /** Adds a constant. */
        public Value constant(HostTensor value) {
            return node(new Literal(value), List.of(), "").get(0);
        }

        /** The inputs so far. */
        public List<Value> inputs() {
            return inputs;
        }

        /** The graph with these outputs, and with its inputs chosen and ordered anew. */
        public Graph build(List<Value> chosen, List<Value> outputs) {
            return new Graph(chosen, nodes, outputs, next);
        }

        /** The graph with these outputs. */
        public Graph build(List<Value> outputs) {
            return new Graph(inputs, nodes, outputs, next);
        }
    }
}
