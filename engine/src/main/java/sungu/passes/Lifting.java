package sungu.passes;

import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Broadcast;
import sungu.primitive.Concatenation;
import sungu.primitive.Convolution;
import sungu.primitive.Cumulative;
import sungu.primitive.DotGeneral;
import sungu.primitive.Elementwise;
import sungu.primitive.Padding;
import sungu.primitive.Primitive;
import sungu.primitive.Reduce;
import sungu.primitive.Reshaping;
import sungu.primitive.Reverse;
import sungu.primitive.Slicing;
import sungu.primitive.Transpose;
import sungu.tensor.Ints;
import sungu.tensor.Shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Computes nodes of the body of a scan outside of it, for all rows at once: what differs from row
 * to row has one more dimension in front.
 */
final class Lifting {
    private final Rewriter into;
    private final int length;

    /** What stands outside for values of the body that are the same in each round. */
    private final Map<Value, Value> same = new HashMap<>();

    /** What stands outside for values of the body that differ, stacked. */
    private final Map<Value, Value> stacked = new HashMap<>();

    Lifting(Rewriter into, int length) {
        this.into = into;
        this.length = length;
    }

    void same(Value inner, Value outer) {
        same.put(inner, outer);
    }

    void stacked(Value inner, Value outer) {
        stacked.put(inner, outer);
    }

    /** What stands outside for a value that is the same in each round; computed there if needed. */
    Value same(Value inner) {
        var known = same.get(inner);
        if (known == null) {
            repeat(Objects.requireNonNull(inner.node()));
            known = Objects.requireNonNull(same.get(inner));
        }
        return known;
    }

    /** All rows of a value that differs. */
    Value stacked(Value inner) {
        return Objects.requireNonNull(stacked.get(inner));
    }

    /** Computes outside, once, what is the same in each round. */
    void repeat(Node node) {
        var inputs = node.inputs().stream().map(this::same).toList();
        var outputs = into.nodes(node.primitive(), node.place(), inputs);
        for (int i = 0; i < outputs.size(); i++) {
            same.put(node.outputs().get(i), outputs.get(i));
        }
    }

    /**
     * Whether a node can be computed for all rows at once.
     *
     * @param differs whether a value of the body differs from row to row
     */
    static boolean lifts(Node node, Predicate<Value> differs) {
        return switch (node.primitive()) {
            case Elementwise e -> true;
            case Reshaping r -> true;
            case Broadcast b -> true;
            case Transpose t -> true;
            case Slicing s -> true;
            case Reverse r -> true;
            case Concatenation c -> true;
            case Reduce r -> true;
            case Cumulative c -> true;
            case Padding p -> !differs.test(node.inputs().get(1));
            case DotGeneral dot ->
                    dot.leftBatch().size() == 0 || node.inputs().stream().allMatch(differs);
            case Convolution c ->
                    differs.test(node.inputs().get(0)) && !differs.test(node.inputs().get(1));
            default -> false;
        };
    }

    /** Computes a node outside for all rows. */
    void lift(Node node) {
        var shape = node.outputs().get(0).type().shape();
        var all = Shape.of(length).concat(shape);
        var value =
                switch (node.primitive()) {
                    case Elementwise op -> elementwise(node, op, shape, all);
                    case Reshaping reshape -> one(node, new Reshaping(all));
                    case Broadcast stretch -> {
                        var x = stacked(node.inputs().get(0));
                        var small = x.type().shape();
                        var row = Axes.padded(small.slice(1, small.rank()), shape.rank());
                        yield stretched(node, x, Shape.of(length).concat(row), all);
                    }
                    case Transpose transpose ->
                            one(node, new Transpose(withFirst(0, transpose.order(), 1)));
                    case Slicing slice ->
                            one(
                                    node,
                                    new Slicing(
                                            withFirst(0, slice.begin(), 0),
                                            withFirst(length, slice.size(), 0),
                                            withFirst(1, slice.step(), 0)));
                    case Reverse reverse -> one(node, new Reverse(Axes.shifted(reverse.axes(), 1)));
                    case Reduce reduce ->
                            one(node, new Reduce(reduce.fold(), Axes.shifted(reduce.axes(), 1)));
                    case Cumulative sum ->
                            one(
                                    node,
                                    new Cumulative(
                                            sum.fold(),
                                            sum.axis() + 1,
                                            sum.exclusive(),
                                            sum.reverse()));
                    case Padding pad ->
                            into.node(
                                    new Padding(
                                            withFirst(0, pad.before(), 0),
                                            withFirst(0, pad.after(), 0),
                                            withFirst(0, pad.between(), 0)),
                                    node.place(),
                                    stacked(node.inputs().get(0)),
                                    same(node.inputs().get(1)));
                    case Concatenation join -> {
                        var parts = new ArrayList<Value>();
                        node.inputs().forEach(part -> parts.add(rows(node, part)));
                        yield into.node(
                                new Concatenation(join.axis() + 1),
                                node.place(),
                                parts.toArray(Value[]::new));
                    }
                    case DotGeneral dot -> dot(node, dot);
                    case Convolution convolution -> convolution(node, convolution, all);
                    default -> throw new IllegalStateException(node + " can't be lifted");
                };
        stacked.put(node.outputs().get(0), value);
    }

    private Value one(Node node, Primitive primitive) {
        return into.node(primitive, node.place(), stacked(node.inputs().get(0)));
    }

    private static Ints withFirst(int first, Ints rest, int shift) {
        return Ints.of(
                IntStream.concat(
                                IntStream.of(first),
                                IntStream.of(rest.toArray()).map(number -> number + shift))
                        .toArray());
    }

    private Value stretched(Node node, Value x, Shape shape, Shape all) {
        var full =
                x.type().shape().equals(shape)
                        ? x
                        : into.node(new Reshaping(shape), node.place(), x);
        return shape.equals(all) ? full : into.node(new Broadcast(all), node.place(), full);
    }

    /** All rows of a value, whether they differ or not. */
    private Value rows(Node node, Value inner) {
        if (stacked.containsKey(inner)) {
            return stacked(inner);
        }
        var all = Shape.of(length).concat(inner.type().shape());
        return into.node(new Broadcast(all), node.place(), same(inner));
    }

    private Value elementwise(Node node, Elementwise op, Shape shape, Shape all) {
        var arguments = new ArrayList<Value>();
        for (var inner : node.inputs()) {
            boolean scalar = inner.type().shape().rank() == 0;
            if (!stacked.containsKey(inner)) {
                arguments.add(scalar ? same(inner) : rows(node, inner));
            } else if (scalar && shape.rank() > 0) {
                var units = Shape.of(Ints.repeat(1, shape.rank()).toArray());
                arguments.add(stretched(node, stacked(inner), Shape.of(length).concat(units), all));
            } else {
                arguments.add(stacked(inner));
            }
        }
        return into.node(op, node.place(), arguments.toArray(Value[]::new));
    }

    private Value dot(Node node, DotGeneral dot) {
        var x = node.inputs().get(0);
        var y = node.inputs().get(1);
        var sum = Axes.shifted(dot.leftContract(), 1);
        var otherSum = Axes.shifted(dot.rightContract(), 1);
        if (stacked.containsKey(x) && stacked.containsKey(y)) {
            return into.node(
                    new DotGeneral(
                            withFirst(0, dot.leftBatch(), 1),
                            withFirst(0, dot.rightBatch(), 1),
                            sum,
                            otherSum),
                    node.place(),
                    stacked(x),
                    stacked(y));
        }
        if (stacked.containsKey(x)) {
            return into.node(
                    new DotGeneral(Ints.of(), Ints.of(), sum, dot.rightContract()),
                    node.place(),
                    stacked(x),
                    same(y));
        }
        var swapped =
                into.node(
                        new DotGeneral(Ints.of(), Ints.of(), otherSum, dot.leftContract()),
                        node.place(),
                        stacked(y),
                        same(x));
        int right = y.type().shape().rank() - dot.rightContract().size();
        int rank = swapped.type().shape().rank();
        var order =
                IntStream.concat(
                        IntStream.concat(IntStream.of(0), IntStream.range(1 + right, rank)),
                        IntStream.range(1, 1 + right));
        return into.node(new Transpose(Ints.of(order.toArray())), node.place(), swapped);
    }

    private Value convolution(Node node, Convolution convolution, Shape all) {
        var x = stacked(node.inputs().get(0));
        var shape = x.type().shape();
        var batch = Shape.of(shape.dim(0) * shape.dim(1));
        var merged =
                into.node(
                        new Reshaping(batch.concat(shape.slice(2, shape.rank()))), node.place(), x);
        var product = into.node(convolution, node.place(), merged, same(node.inputs().get(1)));
        return into.node(new Reshaping(all), node.place(), product);
    }
}
