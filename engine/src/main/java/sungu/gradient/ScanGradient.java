package sungu.gradient;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.ops.Elements;
import sungu.primitive.Elementwise;
import sungu.primitive.Gradient;
import sungu.primitive.Iota;
import sungu.primitive.Literal;
import sungu.primitive.Movement;
import sungu.primitive.Pointwise;
import sungu.primitive.Scan;
import sungu.tensor.Tensor;
import sungu.tensor.TensorType;
import sungu.trace.Context;
import sungu.trace.Trace;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The gradient of a scan, as two scans. The first goes as the scan itself does and stacks what the
 * rounds of the second need: what each round began with, and results that cost more to compute
 * again than to keep. The second takes the cotangents through the rounds in the other direction.
 *
 * <p>The gradient by a value that stays is a sum over the rounds. Where each of its terms is a
 * product or a sum along axes, the second scan stacks the operands instead, and one product after
 * it does for all rounds what they would have done one by one.
 */
final class ScanGradient {
    /** Instructions that are computed again rather than kept. */
    private static final Set<Pointwise> CHEAP =
            EnumSet.of(
                    Pointwise.NEGATE,
                    Pointwise.ABS,
                    Pointwise.SIGN,
                    Pointwise.LOGICAL_NOT,
                    Pointwise.CONJ,
                    Pointwise.REAL,
                    Pointwise.IMAG,
                    Pointwise.COMPLEX,
                    Pointwise.ADD,
                    Pointwise.SUBTRACT,
                    Pointwise.MULTIPLY,
                    Pointwise.MINIMUM,
                    Pointwise.MAXIMUM,
                    Pointwise.AND,
                    Pointwise.OR,
                    Pointwise.EQUAL,
                    Pointwise.NOT_EQUAL,
                    Pointwise.LESS,
                    Pointwise.LESS_EQUAL,
                    Pointwise.GREATER,
                    Pointwise.GREATER_EQUAL,
                    Pointwise.SELECT);

    private final Scan scan;
    private final Gradient g;
    private final Pullback.Joint joint;
    private final Graph round;
    private final int carried;

    /** Where the inputs that stay begin. */
    private final int stay;

    /** Inputs of the body; the cotangents of its outputs follow in {@link #round}. */
    private final int inputs;

    private final Map<Value, Integer> numbers = new HashMap<>();

    /** Sources whose gradients are asked for, or go from round to round. */
    private final List<Integer> wanted = new ArrayList<>();

    /** What the second scan stacks. */
    private final Set<Value> stackedBack = new LinkedHashSet<>();

    private final List<Integer> sums = new ArrayList<>();
    private final Map<Value, RoundSum> products = new HashMap<>();

    /** What the first scan stacks. */
    private final Set<Value> kept = new LinkedHashSet<>();

    /** What the second scan has or computes in each round, and the part of it that it looks at. */
    private final Set<Value> needed = new HashSet<>();

    private final Set<Value> read = new HashSet<>();

    /** Per round: stacked outside of the scans. */
    private final Map<Value, Tensor> stacks = new HashMap<>();

    private ScanGradient(Scan scan, Gradient g) {
        this.scan = scan;
        this.g = g;
        joint = Pullback.of(scan.body()).joint();
        round = joint.graph();
        carried = scan.carried();
        stay = carried + scan.rows();
        inputs = scan.body().inputs().size();
        for (int i = 0; i < round.inputs().size(); i++) {
            numbers.put(round.inputs().get(i), i);
        }
    }

    /** The gradients by the inputs of a scan. */
    static @Nullable Tensor[] of(Scan scan, Gradient g) {
        var gradient = new ScanGradient(scan, g);
        gradient.choose();
        gradient.need();
        gradient.forward();
        return gradient.backward();
    }

    /** Decides what the rounds of the second scan give. */
    private void choose() {
        for (int source : joint.sources()) {
            if (source < carried || g.needs(source)) {
                wanted.add(source);
            }
            if (source >= carried && source < stay && g.needs(source)) {
                stackedBack.add(joint.gradient(source));
            }
        }
        for (int source : wanted) {
            if (source >= stay) {
                var term = joint.gradient(source);
                var product = RoundSum.of(term, this::stacks);
                if (product == null) {
                    sums.add(source);
                } else {
                    products.put(term, product);
                    product.operands().stream()
                            .filter(value -> !isRowInput(value))
                            .forEach(stackedBack::add);
                }
            }
        }
    }

    private boolean isRowInput(Value value) {
        return value.node() == null && number(value) < stay;
    }

    private int number(Value input) {
        return numbers.getOrDefault(input, -1);
    }

    /** Whether an operand of a term may be stacked for one product after the scan. */
    private boolean stacks(Value operand, Value term) {
        if (operand.node() == null && number(operand) >= stay && number(operand) < inputs) {
            return false;
        }
        return isRowInput(operand)
                || stackedBack.contains(operand)
                || operand.type().size() <= 2L * term.type().size();
    }

    /** Finds what the second scan computes, and what the first one keeps for it. */
    private void need() {
        for (int source : wanted) {
            if (source < carried || sums.contains(source)) {
                read.add(joint.gradient(source));
            }
        }
        needed.addAll(read);
        needed.addAll(stackedBack);
        for (var node : round.nodes().reversed()) {
            if (node.outputs().stream().noneMatch(needed::contains)) {
                continue;
            }
            if (joint.late().contains(node.outputs().get(0)) || isCheap(node)) {
                read.addAll(node.inputs());
                needed.addAll(node.inputs());
            } else {
                node.outputs().stream().filter(needed::contains).forEach(kept::add);
            }
        }
        // What each round begins with is kept like its results.
        for (int i = 0; i < carried; i++) {
            var begin = round.inputs().get(i);
            if (needed.contains(begin)
                    || products.values().stream().anyMatch(p -> p.operands().contains(begin))) {
                kept.add(begin);
            }
        }
        stackedBack.removeAll(kept);
    }

    private static boolean isCheap(Node node) {
        return switch (node.primitive()) {
            case Literal literal -> true;
            case Iota iota -> true;
            case Pointwise op -> CHEAP.contains(op);
            case Elementwise cast -> true;
            case Movement movement -> true;
            default -> false;
        };
    }

    /** Runs the scan once more, stacking what is kept. */
    private void forward() {
        for (int i = carried; i < stay; i++) {
            stacks.put(round.inputs().get(i), g.x(i));
        }
        if (kept.isEmpty()) {
            return;
        }
        var outputs = new ArrayList<>(round.outputs().subList(0, carried));
        outputs.addAll(kept);
        var reached = new HashSet<>(outputs);
        for (var node : round.nodes().reversed()) {
            if (node.outputs().stream().anyMatch(reached::contains)) {
                reached.addAll(node.inputs());
            }
        }
        var builder = new Graph.Builder();
        var copies = new HashMap<Value, Value>();
        for (var input : round.inputs().subList(0, inputs)) {
            copies.put(input, builder.input(input.type()));
        }
        for (var node : round.nodes()) {
            if (node.outputs().stream().anyMatch(reached::contains)) {
                var arguments = node.inputs().stream().map(copies::get).toList();
                var results = builder.node(node.primitive(), arguments, node.place());
                for (int i = 0; i < results.size(); i++) {
                    copies.put(node.outputs().get(i), results.get(i));
                }
            }
        }
        var body = builder.build(outputs.stream().map(copies::get).toList());
        var arguments = new Tensor[inputs];
        for (int i = 0; i < inputs; i++) {
            arguments[i] = g.x(i);
        }
        var results =
                Context.bindAll(
                        new Scan(body, carried, scan.rows(), scan.length(), scan.reverse()),
                        arguments);
        int i = carried;
        for (var value : kept) {
            stacks.put(value, results[i++]);
        }
    }

    private @Nullable Tensor[] backward() {
        // Carried: cotangents of the carried values, then sums. Rows: what was kept, rows,
        // cotangents of stacked results. Then what stays.
        var places = new ArrayList<Value>();
        var arguments = new ArrayList<Tensor>();
        int cotangents = 0;
        for (int k = 0; k < joint.targets().length; k++) {
            int target = joint.targets()[k];
            if (target < carried) {
                places.add(round.inputs().get(inputs + k));
                arguments.add(g.d(target));
                cotangents++;
            }
        }
        for (int source : sums) {
            arguments.add(Elements.zerosLike(g.x(source)));
        }
        int carry = arguments.size();
        var rows = new ArrayList<Value>();
        kept.stream().filter(read::contains).forEach(rows::add);
        for (int i = carried; i < stay; i++) {
            if (needed.contains(round.inputs().get(i))) {
                rows.add(round.inputs().get(i));
            }
        }
        for (int k = 0; k < joint.targets().length; k++) {
            int target = joint.targets()[k];
            var cotangent = round.inputs().get(inputs + k);
            if (target >= carried && needed.contains(cotangent) && g.has(target)) {
                rows.add(cotangent);
                stacks.put(cotangent, g.d(target));
            }
        }
        places.addAll(rows);
        rows.forEach(row -> arguments.add(stack(row)));
        for (int i = stay; i < inputs; i++) {
            if (needed.contains(round.inputs().get(i))) {
                places.add(round.inputs().get(i));
                arguments.add(g.x(i));
            }
        }
        var types = new TensorType[arguments.size()];
        for (int i = 0; i < types.length; i++) {
            var type = arguments.get(i).type();
            types[i] =
                    i >= carry && i < carry + rows.size()
                            ? type.with(type.shape().remove(0))
                            : type;
        }
        int first = cotangents;
        var body = Trace.trace(values -> step(places, first, values), types).graph();
        var results =
                Context.bindAll(
                        new Scan(body, carry, rows.size(), scan.length(), !scan.reverse()),
                        arguments.toArray(Tensor[]::new));
        int i = carry;
        for (var value : stackedBack) {
            stacks.put(value, results[i++]);
        }
        var gradients = new Tensor[inputs];
        int next = 0;
        for (int source : wanted) {
            var term = joint.gradient(source);
            if (source < carried || sums.contains(source)) {
                gradients[source] = results[next++];
            } else {
                var product = products.get(term);
                gradients[source] = product != null ? product.total(this::stack) : stack(term);
            }
        }
        return gradients;
    }

    private Tensor stack(Value value) {
        var stack = stacks.get(value);
        if (stack == null) {
            throw new IllegalStateException(value + " was not stacked");
        }
        return stack;
    }

    /** One round of the second scan. */
    private Tensor[] step(List<Value> places, int cotangents, Tensor[] arguments) {
        var values = new HashMap<Value, Tensor>();
        for (int i = 0; i < places.size(); i++) {
            values.put(places.get(i), arguments[i < cotangents ? i : i + sums.size()]);
        }
        for (var input : round.inputs()) {
            if (needed.contains(input) && !values.containsKey(input)) {
                // The cotangent of a result that the target does not depend on.
                values.put(input, Tensor.zeros(input.type().shape(), input.type().dtype()));
            }
        }
        var context = Context.current();
        for (var node : round.nodes()) {
            if (node.outputs().stream().noneMatch(needed::contains)
                    || node.outputs().stream().anyMatch(kept::contains)) {
                continue;
            }
            var before = context.place(node.place());
            var results =
                    Context.bindAll(
                            node.primitive(),
                            node.inputs().stream().map(values::get).toArray(Tensor[]::new));
            context.place(before);
            for (int i = 0; i < results.length; i++) {
                values.put(node.outputs().get(i), results[i]);
            }
        }
        var outputs = new ArrayList<Tensor>();
        for (int source : wanted) {
            var gradient = values.get(joint.gradient(source));
            if (gradient != null && source < carried) {
                outputs.add(gradient);
            } else if (gradient != null && sums.contains(source)) {
                outputs.add(gradient.plus(arguments[cotangents + sums.indexOf(source)]));
            }
        }
        stackedBack.forEach(value -> outputs.add(values.get(value)));
        return outputs.toArray(Tensor[]::new);
    }
}
