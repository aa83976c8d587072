package sungu.keras.models;

import org.jspecify.annotations.Nullable;

import sungu.keras.Tensors;
import sungu.keras.ops.CallNode;
import sungu.keras.ops.KerasTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The calls between a model's inputs and outputs. They run by depth, the number of calls to the
 * farthest output, as Keras orders them: the order of a model's layers and weights follows from it.
 */
final class FunctionGraph {
    private final Tensors inputs;
    private final Tensors outputs;
    private final List<KerasTensor> inputList = new ArrayList<>();
    private final List<List<CallNode>> levels;
    private final List<CallNode> nodes;
    private final List<Object> owners;

    FunctionGraph(Tensors inputs, Tensors outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
        for (var input : inputs.flat()) {
            if (!(input instanceof KerasTensor symbolic)) {
                throw new TensorException(
                        "a model's inputs must be symbolic tensors, got " + input.type(),
                        "make them with Input.shape(...).tensor()");
            }
            inputList.add(symbolic);
        }
        var search = new Search();
        for (var output : outputs.flat()) {
            if (!(output instanceof KerasTensor symbolic)) {
                throw new TensorException(
                        "a model's outputs must be symbolic tensors, got " + output.type(),
                        "apply layers to the model's inputs");
            }
            search.visit(node(symbolic), symbolic);
        }
        search.order();
        levels = search.byDepth();
        nodes = levels.stream().flatMap(List::stream).toList();
        owners = search.ownersByDepth();
    }

    private static CallNode node(KerasTensor tensor) {
        var node = tensor.node();
        if (node == null) {
            throw new TensorException(
                    "the symbolic tensor " + tensor.type() + " comes from no layer",
                    "make inputs with Input.shape(...).tensor()");
        }
        return node;
    }

    private boolean isInput(KerasTensor tensor) {
        return inputList.stream().anyMatch(input -> input == tensor);
    }

    /** Depth-first search from the outputs. */
    private final class Search {
        private final Map<Object, Integer> ownerIndex = new IdentityHashMap<>();
        private final Map<CallNode, Boolean> state = new IdentityHashMap<>();
        private final List<CallNode> finished = new ArrayList<>();
        private final Map<CallNode, Integer> depth = new LinkedHashMap<>();
        private final Map<Object, Integer> ownerDepth = new IdentityHashMap<>();
        private final List<Object> ownersSeen = new ArrayList<>();

        void visit(CallNode node, KerasTensor tensor) {
            var known = state.get(node);
            if (known != null) {
                if (!known) {
                    throw new TensorException(
                            "the calls of the model form a cycle at " + node.owner());
                }
                return;
            }
            ownerIndex.putIfAbsent(node.owner(), ownerIndex.size());
            state.put(node, false);
            if (!isInput(tensor)) {
                for (var parent : node.parents()) {
                    visit(FunctionGraph.node(parent), parent);
                }
            }
            state.put(node, true);
            finished.add(node);
        }

        void order() {
            for (var node : finished.reversed()) {
                int own =
                        Math.max(
                                depth.getOrDefault(node, 0),
                                ownerDepth.getOrDefault(node.owner(), 0));
                putOwner(node.owner(), own);
                depth.put(node, own);
                if (node.outputs().stream().anyMatch(FunctionGraph.this::isInput)) {
                    continue;
                }
                for (var parent : node.parents()) {
                    depth.merge(FunctionGraph.node(parent), own + 1, Math::max);
                }
            }
            for (var input : inputList) {
                var node = FunctionGraph.node(input);
                if (!ownerDepth.containsKey(node.owner())) {
                    putOwner(node.owner(), 0);
                    ownerIndex.put(node.owner(), -1);
                    depth.put(node, 0);
                }
            }
        }

        private void putOwner(Object owner, int at) {
            if (ownerDepth.put(owner, at) == null) {
                ownersSeen.add(owner);
            }
        }

        List<List<CallNode>> byDepth() {
            var levels = new TreeMap<Integer, List<CallNode>>(Comparator.reverseOrder());
            depth.forEach((node, level) ->
                    levels.computeIfAbsent(level, l -> new ArrayList<>()).add(node));
            return List.copyOf(levels.values());
        }

        List<Object> ownersByDepth() {
            var levels = new TreeMap<Integer, List<Object>>(Comparator.reverseOrder());
            ownersSeen.forEach(owner ->
                    levels.computeIfAbsent(
                                    ownerDepth.getOrDefault(owner, 0), l -> new ArrayList<>())
                            .add(owner));
            var ordered = new ArrayList<Object>();
            for (var level : levels.values()) {
                level.sort((a, b) ->
                        Integer.compare(
                                ownerIndex.getOrDefault(a, 0), ownerIndex.getOrDefault(b, 0)));
                ordered.addAll(level);
            }
            return ordered;
        }
    }

    Tensors inputs() {
        return inputs;
    }

    Tensors outputs() {
        return outputs;
    }

    List<KerasTensor> inputList() {
        return inputList;
    }

    /** The calls by depth, the farthest from the outputs first. */
    List<List<CallNode>> levels() {
        return levels;
    }

    /** The calls in the order in which they run, those of input layers among them. */
    List<CallNode> nodes() {
        return nodes;
    }

    /** The layers and operations called, each once, in order of depth. */
    List<Object> owners() {
        return owners;
    }

    /** Runs all calls on values for the inputs. */
    Tensors run(List<Tensor> values, @Nullable Boolean training) {
        var known = new IdentityHashMap<Tensor, Tensor>();
        for (int i = 0; i < inputList.size(); i++) {
            known.put(inputList.get(i), values.get(i));
        }
        for (var node : nodes) {
            if (node.outputs().stream().allMatch(known::containsKey)) {
                continue;
            }
            var results =
                    node.replay(node.arguments().map(tensor -> value(known, tensor)), training)
                            .flat();
            for (int i = 0; i < results.size(); i++) {
                known.putIfAbsent(node.outputs().get(i), results.get(i));
            }
        }
        return outputs.map(output -> value(known, output));
    }

    private static Tensor value(Map<Tensor, Tensor> known, Tensor tensor) {
        if (!(tensor instanceof KerasTensor)) {
            return tensor;
        }
        var value = known.get(tensor);
        if (value == null) {
            throw new TensorException(
                    "the outputs depend on the symbolic tensor "
                            + tensor.type()
                            + ", which is not among the model's inputs",
                    "add it to the inputs of the model");
        }
        return value;
    }

    /**
     * How often each owner is called in this graph before a call: the number of the call among
     * them.
     */
    Map<CallNode, Integer> nodeNumbers() {
        var counts = new IdentityHashMap<Object, Integer>();
        var numbers = new HashMap<CallNode, Integer>();
        for (var owner : owners) {
            nodes.stream()
                    .filter(node -> node.owner() == owner)
                    .sorted((a, b) -> Integer.compare(a.index(), b.index()))
                    .forEach(node -> {
                        numbers.put(node, counts.merge(owner, 1, Integer::sum) - 1);
                    });
        }
        return numbers;
    }
}
