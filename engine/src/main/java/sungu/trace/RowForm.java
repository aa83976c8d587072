package sungu.trace;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.ArgReduce;
import sungu.primitive.ArgSort;
import sungu.primitive.Broadcast;
import sungu.primitive.Call;
import sungu.primitive.Concatenation;
import sungu.primitive.Conditional;
import sungu.primitive.Convolution;
import sungu.primitive.Cumulative;
import sungu.primitive.DotGeneral;
import sungu.primitive.Elementwise;
import sungu.primitive.Fft;
import sungu.primitive.Gather;
import sungu.primitive.Literal;
import sungu.primitive.Padding;
import sungu.primitive.Reduce;
import sungu.primitive.Reshaping;
import sungu.primitive.Reverse;
import sungu.primitive.Scan;
import sungu.primitive.Slicing;
import sungu.primitive.StopGradient;
import sungu.primitive.Transpose;
import sungu.primitive.WindowReduce;
import sungu.primitive.WindowScatter;
import sungu.primitive.WindowSelect;
import sungu.tensor.Ints;
import sungu.tensor.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a graph does to each row of its inputs, if it treats every row by itself: each row of the
 * outputs depends on the same row of the inputs and on nothing else that varies. Then rows may be
 * added at the end and dropped again.
 *
 * <p>For every value this works out along which axis its rows lie. Primitives that are not known to
 * keep rows apart mix them. The form is the graph with the number of rows left out: traces for
 * different numbers of rows that have equal forms do the same to a row.
 */
final class RowForm {
    /**
     * Where rows lie: the axis, and how many entries along it belong to a row. They are next to one
     * another.
     */
    record Rows(int axis, int each) {}

    /** Rows that are mixed. */
    private static final Rows MIXED = new Rows(-1, 0);

    private final Graph graph;
    private final int count;

    /** Values that have rows; the others are the same for all rows. */
    private final Map<Value, Rows> rows = new HashMap<>();

    /** Values that were read as being the same for all rows. */
    private final Set<Value> common = new HashSet<>();

    /** Forms of the graphs that nodes hold. */
    private final Map<Node, List<Object>> held = new HashMap<>();

    private RowForm(Graph graph, int count) {
        this.graph = graph;
        this.count = count;
    }

    /**
     * The form of a graph; null if it does not treat rows by themselves, or not all outputs have
     * them along their first axis.
     *
     * @param batched how many of the inputs, the first ones, have rows along their first axis
     * @param count the number of rows, at least 2
     */
    static @Nullable List<Object> of(Graph graph, int batched, int count) {
        var form = new RowForm(graph, count);
        var given = new Rows[graph.inputs().size()];
        Arrays.fill(given, 0, batched, new Rows(0, 1));
        return form.follow(given)
                        && graph.outputs().stream()
                                .allMatch(v -> new Rows(0, 1).equals(form.rows.get(v)))
                ? form.text()
                : null;
    }

    /**
     * Where each value of a graph has its rows, if it has any; null if the graph mixes them.
     *
     * @param batched per input whether it has rows along its first axis
     */
    static @Nullable Map<Value, Rows> rows(Graph graph, boolean[] batched, int count) {
        var form = new RowForm(graph, count);
        var given = new Rows[batched.length];
        for (int i = 0; i < given.length; i++) {
            if (batched[i]) {
                given[i] = new Rows(0, 1);
            }
        }
        return form.follow(given) ? form.rows : null;
    }

    /** Finds the rows of all values; false if they are mixed. */
    private boolean follow(@Nullable Rows[] given) {
        for (int i = 0; i < given.length; i++) {
            put(graph.inputs().get(i), given[i]);
        }
        for (var node : graph.nodes()) {
            if (node.inputs().stream().anyMatch(v -> MIXED.equals(rows.get(v)))) {
                node.outputs().forEach(v -> rows.put(v, MIXED));
            } else if (node.inputs().stream().anyMatch(rows::containsKey)) {
                outputs(node);
            }
        }
        // What was taken to be the same for all rows may have turned out to have them later on.
        return common.stream().noneMatch(rows::containsKey)
                && graph.outputs().stream().noneMatch(v -> MIXED.equals(rows.get(v)))
                && graph.nodes().stream()
                        .allMatch(node ->
                                node.outputs().stream().anyMatch(rows::containsKey)
                                        || node.inputs().stream().noneMatch(rows::containsKey));
    }

    private void put(Value value, @Nullable Rows where) {
        if (where != null) {
            rows.put(value, where);
        }
    }

    private void outputs(Node node) {
        switch (node.primitive()) {
            case Scan scan -> scan(node, scan);
            case Conditional branch -> graphs(node, List.of(branch.then(), branch.otherwise()), 1);
            case Call call -> graphs(node, List.of(call.graph()), 0);
            default -> {
                var where = output(node);
                for (var output : node.outputs()) {
                    rows.put(output, where);
                }
            }
        }
    }

    private Rows output(Node node) {
        var x = node.inputs().get(0);
        var result = node.outputs().get(0).type().shape();
        return switch (node.primitive()) {
            case Elementwise op -> together(node.inputs(), result.rank());
            case Concatenation concat -> apart(together(node.inputs(), -1), concat.axis());
            case WindowReduce pool -> first(together(node.inputs(), -1));
            case WindowSelect pool -> first(together(node.inputs(), -1));
            case WindowScatter pool -> first(together(node.inputs(), -1));
            case DotGeneral dot -> product(dot, x, node.inputs().get(1));
            case Gather gather -> gathered(gather, x, node.inputs().get(1));
            default -> rows.containsKey(x) ? moved(node, at(x), x.type().shape(), result) : MIXED;
        };
    }

    /** Where the rows of the first input of a primitive go that reads no other rows. */
    private Rows moved(Node node, Rows where, Shape from, Shape to) {
        int axis = where.axis;
        return switch (node.primitive()) {
            case StopGradient stop -> where;
            case Reverse reverse -> apart(where, reverse.axes().toArray());
            case Cumulative cumulative -> apart(where, cumulative.axis());
            case ArgSort sort -> apart(where, sort.axis());
            case Fft fft -> apart(where, from.rank() - 1);
            case ArgReduce arg -> removed(where, arg.axis());
            case Reduce reduce -> removed(where, reduce.axes().toArray());
            case Transpose transpose -> new Rows(transpose.order().indexOf(axis), where.each);
            case Broadcast broadcast -> {
                int moved = axis + to.rank() - from.rank();
                yield to.dim(moved) == from.dim(axis) ? new Rows(moved, where.each) : MIXED;
            }
            case Slicing slice ->
                    to.dim(axis) == from.dim(axis) && slice.step().get(axis) == 1 ? where : MIXED;
            case Padding pad ->
                    pad.before().get(axis) == 0
                                    && pad.after().get(axis) == 0
                                    && pad.between().get(axis) == 0
                                    && isCommon(node.inputs().get(1))
                            ? where
                            : MIXED;
            case Reshaping reshape -> reshaped(where, from, to);
            case Convolution convolution -> isCommon(node.inputs().get(1)) ? first(where) : MIXED;
            default -> MIXED;
        };
    }

    /** Where a value that is asked for rows has them. */
    private Rows at(Value value) {
        return rows.getOrDefault(value, MIXED);
    }

    /** Notes that a value is read as being the same for all rows, and says whether it is. */
    private boolean isCommon(Value value) {
        common.add(value);
        return !rows.containsKey(value);
    }

    /** Rows along none of these axes. */
    private static Rows apart(Rows where, int... axes) {
        return Arrays.stream(axes).anyMatch(axis -> axis == where.axis) ? MIXED : where;
    }

    /** Rows along the first axis. */
    private static Rows first(Rows where) {
        return where.axis == 0 ? where : MIXED;
    }

    private static Rows removed(Rows where, int... axes) {
        int before = (int) Arrays.stream(axes).filter(axis -> axis < where.axis).count();
        return apart(where, axes).axis < 0 ? MIXED : new Rows(where.axis - before, where.each);
    }

    /**
     * The rows of operands that must all have them alike.
     *
     * @param rank operands of a lower rank are scalars that all rows read; -1 if there are none
     */
    private Rows together(List<Value> operands, int rank) {
        var where = MIXED;
        for (var operand : operands) {
            if (rows.containsKey(operand)) {
                where = at(operand);
            }
        }
        for (var operand : operands) {
            boolean fits =
                    operand.type().shape().rank() < rank ? isCommon(operand) : has(operand, where);
            if (!fits) {
                return MIXED;
            }
        }
        return where;
    }

    /**
     * Whether a value has rows there. One that was the same for all rows has them, too, if it would
     * be stretched for more rows: a filled constant, or what is broadcast along that axis.
     */
    private boolean has(Value value, Rows where) {
        var known = rows.get(value);
        if (known != null) {
            return known.equals(where);
        }
        var node = value.node();
        var shape = value.type().shape();
        if (node == null
                || where.axis < 0
                || where.axis >= shape.rank()
                || shape.dim(where.axis) != count * where.each) {
            return false;
        }
        boolean stretches =
                switch (node.primitive()) {
                    case Literal literal -> literal.value().isUniform();
                    case Broadcast broadcast -> {
                        var from = node.inputs().get(0);
                        int axis = where.axis - shape.rank() + from.type().shape().rank();
                        yield axis < 0 || from.type().shape().dim(axis) == 1
                                ? isCommon(from)
                                : has(from, new Rows(axis, where.each));
                    }
                    case Elementwise op ->
                            node.inputs().stream()
                                    .allMatch(v ->
                                            v.type().shape().rank() < shape.rank()
                                                    ? isCommon(v)
                                                    : has(v, where));
                    default -> false;
                };
        if (stretches) {
            rows.put(value, where);
        }
        return stretches;
    }

    /** Reshaping keeps the order of elements: rows stay next to one another. */
    private Rows reshaped(Rows where, Shape from, Shape to) {
        int before = from.slice(0, where.axis).size();
        int product = 1;
        for (int axis = 0; axis < to.rank(); axis++) {
            if (product == before && to.dim(axis) > 0 && to.dim(axis) % count == 0) {
                return new Rows(axis, to.dim(axis) / count);
            }
            product *= to.dim(axis);
        }
        return MIXED;
    }

    private Rows product(DotGeneral dot, Value x, Value y) {
        boolean left = rows.containsKey(x);
        var where = left ? at(x) : at(y);
        var batch = left ? dot.leftBatch() : dot.rightBatch();
        var contract = left ? dot.leftContract() : dot.rightContract();
        int pair = batch.indexOf(where.axis);
        if (pair >= 0) {
            int axis = (left ? dot.rightBatch() : dot.leftBatch()).get(pair);
            return has(left ? y : x, new Rows(axis, where.each))
                    ? new Rows(pair, where.each)
                    : MIXED;
        }
        if (contract.contains(where.axis) || !isCommon(left ? y : x)) {
            return MIXED;
        }
        int free = batch.size();
        for (int axis = 0; axis < where.axis; axis++) {
            free += batch.contains(axis) || contract.contains(axis) ? 0 : 1;
        }
        int before =
                left
                        ? 0
                        : x.type().shape().rank()
                                - dot.leftBatch().size()
                                - dot.leftContract().size();
        return new Rows(free + before, where.each);
    }

    private Rows gathered(Gather gather, Value x, Value indices) {
        int own = indices.type().shape().rank() - 1;
        if (rows.containsKey(indices)) {
            var where = at(indices);
            if (where.axis < gather.batch()) {
                return has(x, where) ? where : MIXED;
            }
            return where.axis < own && isCommon(x)
                    ? new Rows(where.axis + gather.outer(), where.each)
                    : MIXED;
        }
        var where = at(x);
        int indexed = gather.batch() + gather.outer();
        if (where.axis < gather.batch()) {
            return has(indices, where) ? where : MIXED;
        }
        if (!isCommon(indices) || where.axis >= indexed && where.axis < indexed + gather.depth()) {
            return MIXED;
        }
        return where.axis < indexed
                ? where
                : new Rows(where.axis - gather.depth() + own - gather.batch(), where.each);
    }

    /** A scan keeps rows apart if each round does, and carries them along the same axes. */
    private void scan(Node node, Scan scan) {
        int stay = scan.carried() + scan.rows();
        var given = new Rows[node.inputs().size()];
        boolean apart = true;
        for (int i = 0; i < given.length; i++) {
            var input = node.inputs().get(i);
            if (i < scan.carried()) {
                has(input, new Rows(0, 1));
            }
            var where = rows.get(input);
            if (where == null) {
                common.add(input);
            } else if (i < scan.carried() || i >= stay) {
                given[i] = where;
            } else {
                apart &= where.axis > 0;
                given[i] = new Rows(where.axis - 1, where.each);
            }
        }
        var inner = new RowForm(scan.body(), count);
        apart = apart && inner.follow(given);
        var results = scan.body().outputs();
        for (int i = 0; apart && i < scan.carried(); i++) {
            var where = inner.rows.get(results.get(i));
            apart = where == null ? given[i] == null : where.equals(given[i]);
        }
        for (int i = 0; i < results.size(); i++) {
            var where = inner.rows.get(results.get(i));
            var output = node.outputs().get(i);
            if (!apart) {
                rows.put(output, MIXED);
            } else if (where != null) {
                rows.put(output, i < scan.carried() ? where : new Rows(where.axis + 1, where.each));
            }
        }
        held.put(
                node,
                List.of(
                        scan.carried(),
                        scan.rows(),
                        scan.length(),
                        scan.reverse(),
                        apart ? inner.text() : List.of()));
    }

    /** Graphs that all take the inputs from one on, and agree on where their rows are. */
    private void graphs(Node node, List<Graph> graphs, int from) {
        boolean apart = node.inputs().subList(0, from).stream().allMatch(this::isCommon);
        var arguments = node.inputs().subList(from, node.inputs().size());
        var forms = new ArrayList<Object>();
        for (var body : graphs) {
            var inner = new RowForm(body, count);
            apart = apart && inner.follow(arguments.stream().map(rows::get).toArray(Rows[]::new));
            forms.add(apart ? inner.text() : List.of());
            for (int i = 0; i < node.outputs().size(); i++) {
                var where = inner.rows.get(body.outputs().get(i));
                boolean same =
                        body == graphs.get(0)
                                || Objects.equals(where, rows.get(node.outputs().get(i)));
                put(node.outputs().get(i), apart && same ? where : MIXED);
            }
        }
        arguments.stream().filter(v -> !rows.containsKey(v)).forEach(common::add);
        held.put(node, forms);
    }

    /** The graph without the number of rows. */
    private List<Object> text() {
        var numbers = new HashMap<Value, Integer>();
        var text = new ArrayList<Object>();
        for (var input : graph.inputs()) {
            numbers.put(input, numbers.size());
            text.add(type(input));
        }
        for (var node : graph.nodes()) {
            text.add(form(node));
            text.add(node.inputs().stream().map(numbers::get).toList());
            for (var output : node.outputs()) {
                numbers.put(output, numbers.size());
                text.add(type(output));
            }
        }
        text.add(graph.outputs().stream().map(numbers::get).toList());
        return text;
    }

    private Object type(Value value) {
        var where = rows.get(value);
        if (where == null || where.equals(MIXED)) {
            return value.type();
        }
        var dims = value.type().shape().dims();
        dims[where.axis] = -where.each;
        return List.of(value.type().dtype(), Ints.of(dims));
    }

    /** A primitive without the sizes that follow from the types of its outputs. */
    private Object form(Node node) {
        var inner = held.get(node);
        if (inner != null) {
            return inner;
        }
        return switch (node.primitive()) {
            case Broadcast broadcast -> broadcast.label();
            case Reshaping reshape -> reshape.label();
            case Slicing slice -> List.of(slice.label(), slice.begin(), slice.step());
            case Literal literal when rows.containsKey(node.outputs().get(0)) ->
                    List.of(literal.label(), literal.value().number(0), literal.value().integer(0));
            default -> node.primitive();
        };
    }
}
