package sungu.ops;

import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sums of products in Einstein's notation: {@code einsum("bij,bjk->bik", x, y)}.
 *
 * <p>A letter names a dimension; letters that the output lacks are summed over. A letter twice in
 * an operand takes the diagonal, twice in the output makes one. {@code ...} stands for any
 * dimensions, aligned at the end; among those a size of 1 stretches. Without {@code ->} the output
 * has the letters that occur once, in alphabetical order. All operands must have one dtype.
 */
public final class Einsum {
    /**
     * Labels of dimensions that {@code ...} stands for: this plus the distance from the last one.
     */
    private static final int ELLIPSIS = 1 << 16;

    private Einsum() {}

    /** An operand on the way: a tensor whose axes have different labels. */
    private record Term(Tensor tensor, List<Integer> labels) {
        int dim(int label) {
            return tensor.shape().dim(labels.indexOf(label));
        }

        boolean has(int label) {
            return labels.contains(label);
        }
    }

    /**
     * Evaluates an equation.
     *
     * @throws TensorException if the equation can't be read or does not fit the operands
     */
    public static Tensor einsum(String equation, Tensor... operands) {
        var text = equation.replace(" ", "");
        int arrow = text.indexOf("->");
        var left = (arrow < 0 ? text : text.substring(0, arrow)).split(",", -1);
        if (left.length != operands.length) {
            throw error(
                    equation, "it has " + left.length + " operands, given are " + operands.length);
        }
        var terms = new ArrayList<Term>();
        int dots = 0;
        for (int i = 0; i < left.length; i++) {
            int given = operands[i].rank() - left[i].replace("...", "").length();
            boolean open = left[i].contains("...");
            if (open ? given < 0 : given != 0) {
                throw error(
                        equation,
                        "operand "
                                + i
                                + ", '"
                                + left[i]
                                + "', does not fit the dimensions of "
                                + operands[i].type());
            }
            dots = Math.max(dots, given);
            terms.add(new Term(operands[i], labels(equation, left[i], given)));
        }
        if (arrow < 0 && text.contains("...")) {
            throw error(
                    equation,
                    "with '...' the output must be written",
                    "write '->...' and the letters that remain");
        }
        var output =
                arrow < 0 ? implicit(terms) : labels(equation, text.substring(arrow + 2), dots);
        checkSizes(equation, terms, output);
        return arrange(contract(unique(terms, output), output), output);
    }

    private static TensorException error(String equation, String problem) {
        return error(equation, problem, "");
    }

    private static TensorException error(String equation, String problem, String hint) {
        return new TensorException("einsum '" + equation + "': " + problem, hint);
    }

    private static List<Integer> labels(String equation, String part, int dots) {
        var labels = new ArrayList<Integer>();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (Character.isLetter(c)) {
                labels.add((int) c);
            } else if (part.startsWith("...", i) && part.indexOf("...", i + 3) < 0) {
                for (int d = dots - 1; d >= 0; d--) {
                    labels.add(ELLIPSIS + d);
                }
                i += 2;
            } else {
                throw error(equation, "'" + part + "' must have letters and at most one '...'");
            }
        }
        return labels;
    }

    private static List<Integer> implicit(List<Term> terms) {
        var counts = new TreeMap<Integer, Integer>();
        terms.forEach(term -> term.labels().forEach(label -> counts.merge(label, 1, Integer::sum)));
        counts.values().removeIf(count -> count > 1);
        return List.copyOf(counts.keySet());
    }

    private static void checkSizes(String equation, List<Term> terms, List<Integer> output) {
        var sizes = new TreeMap<Integer, Integer>();
        for (var term : terms) {
            for (int i = 0; i < term.labels().size(); i++) {
                int label = term.labels().get(i);
                int dim = term.tensor().shape().dim(i);
                int known = sizes.getOrDefault(label, label >= ELLIPSIS ? 1 : dim);
                if (known != dim && !(label >= ELLIPSIS && (dim == 1 || known == 1))) {
                    throw error(
                            equation,
                            "dimension '"
                                    + name(label)
                                    + "' is "
                                    + known
                                    + " in one place and "
                                    + dim
                                    + " in "
                                    + term.tensor().type());
                }
                sizes.put(label, known == 1 ? dim : known);
            }
        }
        for (int label : output) {
            if (!sizes.containsKey(label)) {
                throw error(equation, "the output has '" + name(label) + "', which no operand has");
            }
        }
        // Dimensions of ... that the output leaves out are an error in TensorFlow and NumPy too.
        for (int label : sizes.keySet()) {
            if (label >= ELLIPSIS && !output.contains(label)) {
                throw error(
                        equation,
                        "the operands have '...', the output has not",
                        "write '...' in the output");
            }
        }
    }

    private static String name(int label) {
        return label >= ELLIPSIS ? "..." : Character.toString(label);
    }

    /**
     * Takes diagonals of repeated labels, drops stretched dimensions of size 1, and sums over what
     * no other place needs.
     */
    private static List<Term> unique(List<Term> terms, List<Integer> output) {
        var diagonals = new ArrayList<Term>();
        terms.forEach(term -> diagonals.add(diagonal(term)));
        var simple = new ArrayList<Term>();
        for (int i = 0; i < diagonals.size(); i++) {
            var term = diagonals.get(i);
            var dropped = new ArrayList<Integer>();
            var summed = new ArrayList<Integer>();
            for (int axis = 0; axis < term.labels().size(); axis++) {
                int label = term.labels().get(axis);
                boolean elsewhere = output.contains(label);
                boolean larger = false;
                for (int j = 0; j < diagonals.size(); j++) {
                    var other = diagonals.get(j);
                    elsewhere |= j != i && other.has(label);
                    larger |=
                            j != i
                                    && other.has(label)
                                    && other.dim(label) != term.tensor().shape().dim(axis);
                }
                if (!elsewhere) {
                    summed.add(axis);
                } else if (larger && term.tensor().shape().dim(axis) == 1) {
                    dropped.add(axis);
                }
            }
            simple.add(without(term, summed, dropped));
        }
        return simple;
    }

    private static Term without(Term term, List<Integer> summed, List<Integer> dropped) {
        var tensor =
                summed.isEmpty()
                        ? term.tensor()
                        : Reductions.sum(term.tensor(), true, array(summed));
        var gone = new TreeSet<>(summed);
        gone.addAll(dropped);
        if (gone.isEmpty()) {
            return term;
        }
        var labels = new ArrayList<Integer>();
        for (int axis = 0; axis < term.labels().size(); axis++) {
            if (!gone.contains(axis)) {
                labels.add(term.labels().get(axis));
            }
        }
        return new Term(Movements.squeeze(tensor, array(gone)), labels);
    }

    private static int[] array(Iterable<Integer> numbers) {
        var list = new ArrayList<Integer>();
        numbers.forEach(list::add);
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * The diagonal of each pair of equal labels: in the flattened pair its elements lie n + 1
     * apart.
     */
    private static Term diagonal(Term term) {
        for (int first = 0; first < term.labels().size(); first++) {
            int label = term.labels().get(first);
            int second = term.labels().lastIndexOf(label);
            if (second == first) {
                continue;
            }
            int n = term.tensor().shape().dim(first);
            var order = new ArrayList<Integer>();
            var labels = new ArrayList<Integer>();
            for (int axis = 0; axis < term.labels().size(); axis++) {
                if (axis != first && axis != second) {
                    order.add(axis);
                    labels.add(term.labels().get(axis));
                }
            }
            order.add(first);
            order.add(second);
            labels.add(label);
            var paired = Movements.transpose(term.tensor(), array(order));
            var lead = paired.shape().slice(0, labels.size() - 1);
            var flat = Movements.reshape(paired, lead.concat(Shape.of(n * n)));
            var step = Ints.repeat(1, labels.size()).toArray();
            step[step.length - 1] = n + 1;
            return diagonal(
                    new Term(
                            Movements.slice(
                                    flat,
                                    new int[step.length],
                                    lead.concat(Shape.of(n)).dims(),
                                    step),
                            labels));
        }
        return term;
    }

    /** Joins two operands at a time, always the pair that needs the fewest multiplications. */
    private static Term contract(List<Term> all, List<Integer> output) {
        var terms = new ArrayList<>(all);
        while (terms.size() > 1) {
            int a = 0;
            int b = 1;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < terms.size(); i++) {
                for (int j = i + 1; j < terms.size(); j++) {
                    double cost = cost(terms.get(i), terms.get(j));
                    if (cost < least) {
                        least = cost;
                        a = i;
                        b = j;
                    }
                }
            }
            var y = terms.remove(b);
            var x = terms.remove(a);
            var needed = new TreeSet<>(output);
            terms.forEach(term -> needed.addAll(term.labels()));
            terms.add(a, join(x, y, needed));
        }
        return terms.get(0);
    }

    private static double cost(Term x, Term y) {
        double cost = x.tensor().size();
        for (int label : y.labels()) {
            cost *= x.has(label) ? 1 : y.dim(label);
        }
        return cost;
    }

    private static Term join(Term x, Term y, Set<Integer> needed) {
        var batch = new ArrayList<Integer>();
        var summed = new ArrayList<Integer>();
        for (int label : x.labels()) {
            if (y.has(label)) {
                (needed.contains(label) ? batch : summed).add(label);
            }
        }
        var labels = new ArrayList<>(batch);
        x.labels().stream().filter(label -> !y.has(label)).forEach(labels::add);
        y.labels().stream().filter(label -> !x.has(label)).forEach(labels::add);
        if (summed.isEmpty()) {
            return new Term(spread(x, labels).times(spread(y, labels)), labels);
        }
        return new Term(
                Contractions.dotGeneral(
                        x.tensor(),
                        y.tensor(),
                        axes(x, batch),
                        axes(y, batch),
                        axes(x, summed),
                        axes(y, summed)),
                labels);
    }

    private static Ints axes(Term term, List<Integer> labels) {
        return Ints.of(labels.stream().mapToInt(term.labels()::indexOf).toArray());
    }

    /** The tensor with an axis for each label, in that order; size 1 where it has none. */
    private static Tensor spread(Term term, List<Integer> labels) {
        var order = new ArrayList<Integer>();
        var dims = new int[labels.size()];
        for (int i = 0; i < dims.length; i++) {
            int axis = term.labels().indexOf(labels.get(i));
            dims[i] = axis < 0 ? 1 : term.tensor().shape().dim(axis);
            if (axis >= 0) {
                order.add(axis);
            }
        }
        var ordered =
                order.isEmpty() ? term.tensor() : Movements.transpose(term.tensor(), array(order));
        return Movements.reshape(ordered, Shape.of(dims));
    }

    /**
     * Brings the axes into the order of the output; a label that occurs again there becomes a
     * diagonal.
     */
    private static Tensor arrange(Term term, List<Integer> output) {
        var single = List.copyOf(new java.util.LinkedHashSet<>(output));
        var result = spread(term, single);
        var labels = new ArrayList<>(single);
        for (int label : single) {
            for (int count = (int) output.stream().filter(l -> l == label).count();
                    count > 1;
                    count--) {
                result = spreadDiagonal(result, labels.lastIndexOf(label));
                labels.add(labels.lastIndexOf(label) + 1, label);
            }
        }
        var order = new int[output.size()];
        var used = new boolean[order.length];
        for (int i = 0; i < order.length; i++) {
            for (int axis = 0; axis < order.length; axis++) {
                if (!used[axis] && labels.get(axis).equals(output.get(i))) {
                    order[i] = axis;
                    used[axis] = true;
                    break;
                }
            }
        }
        return order.length == 0 ? result : Movements.transpose(result, order);
    }

    /**
     * An axis of n elements made into two: n zeros between neighbours bring them to the diagonal.
     */
    private static Tensor spreadDiagonal(Tensor x, int axis) {
        int n = x.shape().dim(axis);
        var none = new int[x.rank()];
        var between = none.clone();
        between[axis] = n;
        var wide = Movements.pad(x, none, none, between, Tensor.zeros(Shape.SCALAR, x.dtype()));
        return Movements.reshape(wide, x.shape().insert(axis, n));
    }
}
