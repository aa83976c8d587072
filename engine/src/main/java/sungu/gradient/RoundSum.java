package sungu.gradient;

import org.jspecify.annotations.Nullable;

import sungu.graph.Value;
import sungu.primitive.DotGeneral;
import sungu.primitive.Pointwise;
import sungu.primitive.Reduce;
import sungu.primitive.Reshaping;
import sungu.primitive.Transpose;
import sungu.tensor.Ints;
import sungu.tensor.Tensor;
import sungu.trace.Context;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * The sum of a term over all rounds, computed at once from the stacked operands of the products and
 * sums that it is made of: a product contracts the axis of the rounds along with its own.
 */
final class RoundSum {
    private final Value term;
    private final List<Value> operands = new ArrayList<>();

    private RoundSum(Value term) {
        this.term = term;
    }

    /**
     * The sum of a term; null if it is not made of products and sums.
     *
     * @param stacks whether an operand of a term may be stacked
     */
    static @Nullable RoundSum of(Value term, BiPredicate<Value, Value> stacks) {
        var sum = new RoundSum(term);
        return sum.takes(term, stacks) ? sum : null;
    }

    private boolean takes(Value value, BiPredicate<Value, Value> stacks) {
        var node = value.node();
        if (node == null) {
            return false;
        }
        var inputs = node.inputs();
        boolean same = inputs.stream().allMatch(v -> v.type().equals(value.type()));
        return switch (node.primitive()) {
            case Pointwise op when op == Pointwise.ADD && same ->
                    takes(inputs.get(0), stacks) && takes(inputs.get(1), stacks);
            case Transpose transpose -> takes(inputs.get(0), stacks);
            case Reshaping reshaping -> takes(inputs.get(0), stacks);
            case DotGeneral dot ->
                    operand(inputs.get(0), value, stacks) && operand(inputs.get(1), value, stacks);
            case Reduce reduce when reduce.fold() == Reduce.Fold.SUM ->
                    operand(inputs.get(0), value, stacks);
            default -> false;
        };
    }

    private boolean operand(Value operand, Value of, BiPredicate<Value, Value> stacks) {
        operands.add(operand);
        return stacks.test(operand, of);
    }

    /** The values whose stacks {@link #total} takes. */
    List<Value> operands() {
        return operands;
    }

    /** The sum, from the stacks of the operands. */
    Tensor total(Function<Value, Tensor> stackOf) {
        return total(term, stackOf);
    }

    private static Tensor total(Value value, Function<Value, Tensor> stackOf) {
        var node = value.node();
        if (node == null) {
            throw new IllegalStateException(value + " is no sum");
        }
        var inputs = node.inputs();
        return switch (node.primitive()) {
            case DotGeneral dot ->
                    Context.bind(
                            new DotGeneral(
                                    later(dot.leftBatch()),
                                    later(dot.rightBatch()),
                                    withRounds(dot.leftContract()),
                                    withRounds(dot.rightContract())),
                            stackOf.apply(inputs.get(0)),
                            stackOf.apply(inputs.get(1)));
            case Reduce reduce ->
                    Context.bind(
                            new Reduce(Reduce.Fold.SUM, withRounds(reduce.axes())),
                            stackOf.apply(inputs.get(0)));
            default ->
                    Context.bind(
                            node.primitive(),
                            inputs.stream().map(v -> total(v, stackOf)).toArray(Tensor[]::new));
        };
    }

    /** Axes behind that of the rounds. */
    private static Ints later(Ints axes) {
        var moved = axes.toArray();
        for (int i = 0; i < moved.length; i++) {
            moved[i]++;
        }
        return Ints.of(moved);
    }

    private static Ints withRounds(Ints axes) {
        var moved = new int[axes.size() + 1];
        for (int i = 0; i < axes.size(); i++) {
            moved[i + 1] = axes.get(i) + 1;
        }
        return Ints.of(moved);
    }
}
