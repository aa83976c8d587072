package sungu.keras;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A tensor, or tensors in nested lists and maps: the one structure in calls, data, losses and
 * outputs. Leaves are in depth-first order; maps keep the order in which they were filled.
 */
public sealed interface Tensors {
    /** One tensor: what almost every call is about, so that it goes the short way. */
    record Leaf(Tensor tensor) implements Tensors {
        @Override
        public List<Tensor> flat() {
            return List.of(tensor);
        }

        @Override
        public Tensors map(UnaryOperator<Tensor> function) {
            return new Leaf(function.apply(tensor));
        }

        @Override
        public Tensors with(List<? extends Tensor> leaves) {
            return leaves.size() == 1 ? new Leaf(leaves.getFirst()) : Tensors.super.with(leaves);
        }

        @Override
        public Tensor only() {
            return tensor;
        }
    }

    /** Structures by position. */
    record Items(List<Tensors> items) implements Tensors {}

    /** Structures by name. */
    record Named(Map<String, Tensors> entries) implements Tensors {}

    /** One tensor. */
    static Tensors of(Tensor tensor) {
        return new Leaf(tensor);
    }

    /** Tensors by position. */
    static Tensors of(Tensor... tensors) {
        return new Items(List.of(tensors).stream().map(Tensors::of).toList());
    }

    /** Tensors by position. */
    static Tensors of(List<? extends Tensor> tensors) {
        return new Items(tensors.stream().map(Tensors::of).toList());
    }

    /**
     * A structure from Java's own: a tensor, a Java array or number (made a tensor), a list or a
     * map of such, or a structure as it is.
     *
     * @throws TensorException if something else occurs
     */
    static Tensors ofNested(Object nested) {
        if (nested instanceof Tensor tensor) {
            return new Leaf(tensor);
        }
        if (nested instanceof Tensors structure) {
            return structure;
        }
        if (nested instanceof List<?> list
                && !list.isEmpty()
                && !(list.getFirst() instanceof Number)
                && !(list.getFirst() instanceof String)) {
            var items = new ArrayList<Tensors>(list.size());
            list.forEach(item -> items.add(ofNested(item)));
            return new Items(items);
        }
        if (nested instanceof Map<?, ?> map) {
            var entries = new LinkedHashMap<String, Tensors>();
            map.forEach((name, value) -> entries.put(String.valueOf(name), ofNested(value)));
            return new Named(entries);
        }
        return nested.getClass() == Tensor[].class
                ? of((Tensor[]) nested)
                : new Leaf(Tensor.of(nested));
    }

    /** All leaves in order. */
    default List<Tensor> flat() {
        var leaves = new ArrayList<Tensor>();
        collect(this, leaves);
        return leaves;
    }

    private static void collect(Tensors structure, List<Tensor> leaves) {
        if (structure instanceof Leaf leaf) {
            leaves.add(leaf.tensor());
        } else if (structure instanceof Items items) {
            items.items().forEach(item -> collect(item, leaves));
        } else if (structure instanceof Named named) {
            named.entries().values().forEach(item -> collect(item, leaves));
        } else {
            throw new IllegalStateException("no structure: " + structure);
        }
    }

    /** The same structure with each leaf replaced. */
    default Tensors map(UnaryOperator<Tensor> function) {
        if (this instanceof Leaf leaf) {
            return new Leaf(function.apply(leaf.tensor()));
        }
        if (this instanceof Items items) {
            return new Items(items.items().stream().map(item -> item.map(function)).toList());
        }
        if (this instanceof Named named) {
            var entries = new LinkedHashMap<String, Tensors>();
            named.entries().forEach((name, item) -> entries.put(name, item.map(function)));
            return new Named(entries);
        }
        throw new IllegalStateException("no structure: " + this);
    }

    /** The same structure with the leaves replaced by these, in order. */
    default Tensors with(List<? extends Tensor> leaves) {
        var iterator = leaves.iterator();
        var filled = map(old -> iterator.next());
        if (iterator.hasNext()) {
            throw new TensorException(
                    "a structure of " + flat().size() + " tensors can't take " + leaves.size());
        }
        return filled;
    }

    /**
     * The only tensor.
     *
     * @throws TensorException if there are several or none
     */
    default Tensor only() {
        var leaves = flat();
        if (leaves.size() != 1) {
            throw new TensorException(
                    "expected one tensor, got " + leaves.size(),
                    "use flat(), at(index) or at(name)");
        }
        return leaves.getFirst();
    }

    /** The structure at a position. */
    default Tensors at(int index) {
        return switch (this) {
            case Leaf leaf when index == 0 -> leaf;
            case Items items when index >= 0 && index < items.items().size() ->
                    items.items().get(index);
            default -> throw new TensorException("no entry " + index + " in " + this);
        };
    }

    /** The structure of a name; null where there is none. */
    default @Nullable Tensors at(String name) {
        return this instanceof Named named ? named.entries().get(name) : null;
    }

    /** The structure as Java's own: a tensor, a list or a map. */
    default Object nested() {
        if (this instanceof Leaf leaf) {
            return leaf.tensor();
        }
        if (this instanceof Items items) {
            return items.items().stream().map(Tensors::nested).toList();
        }
        if (this instanceof Named named) {
            var entries = new LinkedHashMap<String, Object>();
            named.entries().forEach((name, item) -> entries.put(name, item.nested()));
            return entries;
        }
        throw new IllegalStateException("no structure: " + this);
    }
}
