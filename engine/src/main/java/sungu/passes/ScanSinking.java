package sungu.passes;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Broadcast;
import sungu.primitive.Contraction;
import sungu.primitive.DotGeneral;
import sungu.primitive.Pointwise;
import sungu.primitive.Primitive;
import sungu.primitive.Reduce;
import sungu.primitive.Reshaping;
import sungu.primitive.Scan;
import sungu.primitive.Transpose;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Numbers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Computes after a scan what no later round needs: sums of products that are carried, such as the
 * gradient of a weight, are one product of what the rounds stack, and so are contractions whose
 * results are stacked only, such as the gradient of the rows. Sums are added up in another order:
 * floats agree within n * eps * sum |x y|, and a sum that begins with 0 may be -0.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[4,3], %1: f32[2,3], %2: f32[9,4,2], %3: f32[2,3]) {
 *   %4: f32[4,3], %5: f32[2,3], %6: f32[9,4,2] = scan(%0, %1, %2, %3) {body=graph(%0: f32[4,3], %1: f32[2,3], %2: f32[4,2], %3: f32[2,3]) {
 *       %4: f32[4,3] = exp(%0)
 *       %5: f32[2,3] = dot_general(%2, %4) {leftBatch=[], rightBatch=[], leftContract=[0], rightContract=[0]}
 *       %6: f32[2,3] = add(%1, %5)
 *       %7: f32[4,2] = dot_general(%4, %3) {leftBatch=[], rightBatch=[], leftContract=[1], rightContract=[1]}
 *       return %4, %6, %7
 *     }, carried=2, rows=1, length=9, reverse=true}
 *   return %5, %6
 * }
 * after, with dead code dropped:
 * graph(%0: f32[4,3], %1: f32[2,3], %2: f32[9,4,2], %3: f32[2,3]) {
 *   %4: f32[4,3], %5: f32[9,4,3] = scan(%0, %2, %3) {body=graph(%0: f32[4,3], %1: f32[4,2], %2: f32[2,3]) {
 *       %3: f32[4,3] = exp(%0)
 *       return %3, %3
 *     }, carried=1, rows=1, length=9, reverse=true}
 *   %6: f32[9,4,2] = dot_general(%5, %3) {leftBatch=[], rightBatch=[], leftContract=[2], rightContract=[1]}
 *   %7: f32[2,3] = dot_general(%2, %5) {leftBatch=[], rightBatch=[], leftContract=[0, 1], rightContract=[0, 1]}
 *   %8: f32[2,3] = add(%1, %7)
 *   return %8, %6
 * }
 * }</pre>
 */
final class ScanSinking implements Pass {
    /** What is stacked instead of results takes at most so many times their memory. */
    private static final int GROWTH = 4;

    /** What is stacked for later takes at most this many elements. */
    private static final long LARGE = 1 << 26;

    @Override
    public String name() {
        return "scan-sinking";
    }

    @Override
    public Graph run(Graph graph) {
        return Rewriter.rewrite(
                graph,
                (node, inputs, into) ->
                        node.primitive() instanceof Scan scan && scan.length() > 1
                                ? new Sinking(node, scan, inputs, into).run()
                                : null);
    }

    /**
     * A carried sum.
     *
     * @param add the node that adds to it
     * @param moves reshapes and transposes of what is added, the last first
     * @param core what is added before it is moved: a product, a sum, or anything that is stacked
     * @param products whether one product of all rows of the operands of {@code core} makes it; a
     *     product may also be stacked itself, as others want it
     */
    private record Sum(int carry, Node add, List<Node> moves, Value core, boolean products) {
        Sum ofProducts() {
            return new Sum(carry, add, moves, core, true);
        }
    }

    private static final class Sinking {
        private final Node node;
        private final List<Value> in;
        private final Scan scan;
        private final Rewriter into;
        private final Loop loop;
        private final Set<Value> fixed;
        private final Set<Value> rows;
        private final Map<Value, Integer> stacked = new LinkedHashMap<>();
        private final Lifting lifting;

        Sinking(Node node, Scan scan, List<Value> in, Rewriter into) {
            this.node = node;
            this.in = in;
            this.scan = scan;
            this.into = into;
            loop = new Loop(node, scan, in);
            fixed = ScanHoisting.fixed(scan);
            rows = new HashSet<>(loop.rows);
            lifting = new Lifting(into, scan.length());
        }

        @Nullable List<Value> run() {
            boolean none = true;
            for (var inner : scan.body().nodes()) {
                none &= !(inner.primitive() instanceof Contraction);
            }
            if (none) {
                return null;
            }
            var sums = sums();
            var after = after(sums);
            if (sums.isEmpty() && after.isEmpty()) {
                return null;
            }
            // Results that are left, then what is stacked for later.
            var places = new HashMap<Integer, Integer>();
            var sunk = new HashSet<Integer>();
            var results = List.copyOf(loop.stacked);
            loop.stacked.clear();
            for (int i = 0; i < results.size(); i++) {
                if (after.contains(results.get(i).node())) {
                    sunk.add(i);
                } else {
                    places.put(i, loop.stacked.size());
                    stacked.put(results.get(i), loop.stacked.size());
                    loop.stacked.add(results.get(i));
                }
            }
            for (var entry : stacked.entrySet()) {
                if (entry.getValue() < 0) {
                    entry.setValue(loop.stacked.size());
                    loop.stacked.add(entry.getKey());
                }
            }
            var adds = new HashSet<Node>();
            var carries = new ArrayList<Integer>();
            for (int i = 0; i < scan.carried(); i++) {
                carries.add(i);
            }
            for (var sum : sums.reversed()) {
                loop.carries.remove(sum.carry());
                loop.carriesOf.remove(sum.carry());
                loop.next.remove(sum.carry());
                carries.remove(/* index */ sum.carry());
                adds.add(sum.add());
            }
            for (int i = 0; i < loop.stays.size(); i++) {
                lifting.same(loop.stays.get(i), loop.staysOf.get(i));
            }
            for (int i = 0; i < loop.rows.size(); i++) {
                lifting.stacked(loop.rows.get(i), loop.rowsOf.get(i));
            }
            var outputs =
                    loop.next.isEmpty() && loop.stacked.isEmpty()
                            ? List.<Value>of()
                            : loop.build(adds::contains, into);
            stacked.forEach((value, place) ->
                    lifting.stacked(value, outputs.get(loop.next.size() + place)));
            for (var inner : scan.body().nodes()) {
                if (after.contains(inner)) {
                    lifting.lift(inner);
                }
            }
            var all = new Value[node.outputs().size()];
            for (int k = 0; k < carries.size(); k++) {
                all[carries.get(k)] = outputs.get(k);
            }
            for (var sum : sums) {
                all[sum.carry()] = total(sum, in.get(sum.carry()));
            }
            for (int i = 0; i < results.size(); i++) {
                all[scan.carried() + i] =
                        sunk.contains(i)
                                ? lifting.stacked(results.get(i))
                                : outputs.get(
                                        loop.next.size() + Objects.requireNonNull(places.get(i)));
            }
            return List.of(all);
        }

        /** The carried sums that can be made afterwards; what they need is noted to be stacked. */
        private List<Sum> sums() {
            var uses = new Uses(scan.body());
            var found = new ArrayList<Sum>();
            for (int i = 0; i < scan.carried(); i++) {
                var sum = sum(i, uses);
                var core = sum == null ? null : sum.core().node();
                if (sum != null
                        && core != null
                        && core.primitive() instanceof DotGeneral
                        && uses.single(sum.core())
                        && core.inputs().stream().allMatch(this::fits)) {
                    core.inputs().forEach(this::stack);
                    found.add(sum.ofProducts());
                }
            }
            for (int i = 0; i < scan.carried(); i++) {
                var sum = sum(i, uses);
                if (sum != null
                        && found.stream().noneMatch(other -> other.carry() == sum.carry())
                        && isStacked(terms(sum))) {
                    found.add(sum);
                }
            }
            found.sort((a, b) -> a.carry() - b.carry());
            return found;
        }

        private @Nullable Sum sum(int carry, Uses uses) {
            var value = loop.next.get(carry);
            var before = loop.carries.get(carry);
            var add = value.node();
            if (add == null
                    || add.primitive() != Pointwise.ADD
                    || value.type().dtype() == DType.STRING
                    || !uses.single(before)
                    || !uses.single(value)) {
                return null;
            }
            var core = add.inputs().get(add.inputs().get(0) == before ? 1 : 0);
            if (!add.inputs().contains(before) || !core.type().equals(before.type())) {
                return null;
            }
            var moves = new ArrayList<Node>();
            for (var move = core.node();
                    move != null && isMove(move.primitive()) && uses.single(core);
                    move = core.node()) {
                moves.add(move);
                core = move.inputs().get(0);
            }
            return new Sum(carry, add, moves, core, false);
        }

        /** What is summed up: within the rounds, if a sum is added, and over them. */
        private static Value terms(Sum sum) {
            var core = sum.core().node();
            return core != null
                            && core.primitive() instanceof Reduce reduce
                            && reduce.fold() == Reduce.Fold.SUM
                    ? core.inputs().get(0)
                    : sum.core();
        }

        private static boolean isMove(Primitive primitive) {
            return primitive instanceof Reshaping || primitive instanceof Transpose;
        }

        private boolean fits(Value value) {
            return !fixed.contains(value) && (long) value.type().size() * scan.length() <= LARGE;
        }

        private boolean isStacked(Value value) {
            return rows.contains(value)
                    || stacked.containsKey(value)
                    || loop.stacked.contains(value);
        }

        private void stack(Value value) {
            if (!rows.contains(value)) {
                stacked.putIfAbsent(value, -1);
            }
        }

        /** The contractions that lead to stacked results only, and what follows from them. */
        private Set<Node> after(List<Sum> sums) {
            var next = new ArrayList<>(loop.next);
            sums.forEach(sum -> next.remove(sum.add().outputs().get(0)));
            var early = before(next);
            var late = before(loop.stacked);
            var chosen = new HashSet<Node>();
            var made = new HashSet<Value>();
            var extra = new HashSet<Value>();
            for (var inner : scan.body().nodes()) {
                if (early.contains(inner) || !late.contains(inner)) {
                    continue;
                }
                boolean follows = inner.inputs().stream().anyMatch(made::contains);
                if (!follows
                        && (!(inner.primitive() instanceof Contraction)
                                || fixed.containsAll(inner.inputs()))) {
                    continue;
                }
                if (!Lifting.lifts(inner, value -> !fixed.contains(value))
                        || inner.outputs().stream().anyMatch(stacked::containsKey)) {
                    return Set.of();
                }
                chosen.add(inner);
                made.addAll(inner.outputs());
                for (var value : inner.inputs()) {
                    if (!made.contains(value) && !fixed.contains(value)) {
                        extra.add(value);
                    }
                }
            }
            extra.removeIf(this::isStacked);
            long more = extra.stream().mapToLong(value -> value.type().size()).sum();
            long less =
                    loop.stacked.stream()
                            .filter(made::contains)
                            .mapToLong(value -> value.type().size())
                            .sum();
            if (more > GROWTH * less || more * scan.length() > LARGE) {
                return Set.of();
            }
            extra.forEach(this::stack);
            return chosen;
        }

        /** The nodes that values depend on. */
        private Set<Node> before(List<Value> values) {
            var needed = new HashSet<>(values);
            var nodes = new HashSet<Node>();
            for (var inner : scan.body().nodes().reversed()) {
                if (inner.outputs().stream().anyMatch(needed::contains)) {
                    needed.addAll(inner.inputs());
                    nodes.add(inner);
                }
            }
            return nodes;
        }

        /** A carried sum as it is at the end. */
        private Value total(Sum sum, Value begin) {
            var core =
                    Objects.requireNonNull(
                            sum.core().node() == null ? sum.add() : sum.core().node());
            Value total;
            if (sum.products() && core.primitive() instanceof DotGeneral dot) {
                total =
                        into.node(
                                new DotGeneral(
                                        Axes.shifted(dot.leftBatch(), 1),
                                        Axes.shifted(dot.rightBatch(), 1),
                                        withRows(dot.leftContract()),
                                        withRows(dot.rightContract())),
                                node.place(),
                                lifting.stacked(core.inputs().get(0)),
                                lifting.stacked(core.inputs().get(1)));
            } else {
                var terms = terms(sum);
                var axes = terms == sum.core() ? Ints.of() : ((Reduce) core.primitive()).axes();
                total =
                        into.node(
                                new Reduce(Reduce.Fold.SUM, withRows(axes)),
                                node.place(),
                                lifting.stacked(terms));
            }
            for (var move : sum.moves().reversed()) {
                total = into.node(move.primitive(), node.place(), total);
            }
            return isZero(begin) ? total : into.node(Pointwise.ADD, node.place(), begin, total);
        }

        private static Ints withRows(Ints axes) {
            return Ints.of(
                    IntStream.concat(
                                    IntStream.of(0),
                                    IntStream.of(axes.toArray()).map(axis -> axis + 1))
                            .toArray());
        }

        private static boolean isZero(Value value) {
            var source = MovementSinking.moved(value, Broadcast.class);
            var known = Rewriter.known(source == null ? value : source);
            return known != null && isZero(known);
        }

        private static boolean isZero(HostTensor known) {
            return known.size() > 0
                    && known.isUniform()
                    && !known.dtype().isComplex()
                    && Numbers.get(known.dtype(), known.array(), 0) == 0;
        }
    }
}
