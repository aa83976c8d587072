package sungu.portable;

import sungu.graph.Graph;
import sungu.graph.Value;
import sungu.primitive.Contraction;
import sungu.primitive.Control;
import sungu.primitive.Literal;
import sungu.primitive.Movement;
import sungu.primitive.Opaque;
import sungu.primitive.Reduction;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;

/**
 * How far the outputs of a graph move when every floating result in it is off by a few units in the
 * last place - of a sum, by as much of the sum of the magnitudes. Programs that add up in another
 * order may differ by a few times that, and by nothing where it is nothing.
 */
final class Sensitivity {
    private static final int ROUNDS = 5;
    private static final double UNITS = 4;
    private static final double ALLOWED = 8;

    private final HostTensor[] exact;
    private final List<HostTensor[]> moved = new ArrayList<>();

    Sensitivity(Graph graph, HostTensor[] inputs) {
        exact = run(graph, inputs, null);
        for (int seed = 0; seed < ROUNDS; seed++) {
            try {
                moved.add(run(graph, inputs, new Random(seed)));
            } catch (TensorException | ArithmeticException e) {
                // An integer that was made of a float is zero now and is divided by.
            }
        }
    }

    /** What is wrong with results; empty if they are as near as can be asked for. */
    String wrong(HostTensor[] found) {
        for (int i = 0; i < exact.length; i++) {
            int entries = exact[i].size() * exact[i].dtype().lanes();
            for (int k = 0; k < entries; k++) {
                double wanted = entry(exact[i], k);
                double got = entry(found[i], k);
                double most = 0;
                for (var other : moved) {
                    double distance = Math.abs(entry(other[i], k) - wanted);
                    most =
                            Double.isNaN(distance) && !same(entry(other[i], k), wanted)
                                    ? Double.POSITIVE_INFINITY
                                    : Math.max(most, Double.isNaN(distance) ? 0 : distance);
                }
                boolean near = same(got, wanted) || Math.abs(got - wanted) <= ALLOWED * most;
                if (!near && most < Double.POSITIVE_INFINITY && moved.size() == ROUNDS) {
                    return "output "
                            + i
                            + ", entry "
                            + k
                            + ": "
                            + got
                            + " instead of "
                            + wanted
                            + ", allowed "
                            + ALLOWED * most;
                }
            }
        }
        return "";
    }

    private static boolean same(double a, double b) {
        return a == b || Double.isNaN(a) && Double.isNaN(b);
    }

    /** An element, of complex ones a part. */
    private static double entry(HostTensor tensor, int index) {
        return tensor.dtype().isComplex()
                ? tensor.array() instanceof float[] f
                        ? f[index]
                        : ((double[]) tensor.array())[index]
                : Numbers.get(tensor.dtype(), tensor.array(), index);
    }

    private static HostTensor[] run(
            Graph graph, HostTensor[] inputs, @org.jspecify.annotations.Nullable Random random) {
        var values = new HashMap<Value, HostTensor>();
        for (int i = 0; i < inputs.length; i++) {
            values.put(graph.inputs().get(i), inputs[i]);
        }
        for (var node : graph.nodes()) {
            var in = node.inputs().stream().map(values::get).toArray(HostTensor[]::new);
            var out = node.primitive().evaluate(in);
            boolean moves =
                    node.primitive() instanceof Movement
                            || node.primitive() instanceof Literal
                            || node.primitive() instanceof Opaque;
            for (int i = 0; i < out.length; i++) {
                var type = out[i].type();
                boolean floating = type.dtype().isFloating() || type.dtype().isComplex();
                if (random != null && floating && !moves) {
                    boolean sums =
                            node.primitive() instanceof Contraction
                                    || node.primitive() instanceof Reduction;
                    var sizes = sums ? node.primitive().evaluate(magnitudes(in))[i] : out[i];
                    out[i] =
                            off(
                                    out[i],
                                    sizes,
                                    node.primitive() instanceof Control ? 16 * UNITS : UNITS,
                                    random);
                }
                values.put(node.outputs().get(i), out[i]);
            }
        }
        return graph.outputs().stream().map(values::get).toArray(HostTensor[]::new);
    }

    private static HostTensor[] magnitudes(HostTensor[] tensors) {
        var all = new HostTensor[tensors.length];
        for (int i = 0; i < all.length; i++) {
            var type = tensors[i].type();
            var array = HostTensor.newArray(type.dtype(), type.shape());
            for (int k = 0; k < type.size() * type.dtype().lanes(); k++) {
                put(type.dtype(), array, k, Math.abs(entry(tensors[i], k)));
            }
            all[i] = new HostTensor(type, array);
        }
        return all;
    }

    private static HostTensor off(
            HostTensor tensor, HostTensor sizes, double units, Random random) {
        var type = tensor.type();
        double epsilon =
                switch (type.dtype()) {
                    case BFLOAT16 -> 0x1p-8;
                    case FLOAT16 -> 0x1p-11;
                    case FLOAT64, COMPLEX128 -> 0x1p-53;
                    default -> type.dtype().bytes() == 1 ? 0x1p-3 : 0x1p-24;
                };
        var array = HostTensor.newArray(type.dtype(), type.shape());
        int lanes = type.dtype().lanes();
        for (int k = 0; k < type.size() * lanes; k++) {
            double size = 0;
            for (int lane = 0; lane < lanes; lane++) {
                size = Math.max(size, Math.abs(entry(sizes, k / lanes * lanes + lane)));
            }
            double by = size * epsilon * units;
            double value = entry(tensor, k);
            put(type.dtype(), array, k, random.nextBoolean() ? value + by : value - by);
        }
        return new HostTensor(type, array);
    }

    private static void put(DType dtype, Object array, int index, double value) {
        if (dtype.isComplex()) {
            if (array instanceof float[] f) {
                f[index] = (float) value;
            } else {
                ((double[]) array)[index] = value;
            }
        } else {
            Numbers.put(dtype, array, index, value);
        }
    }
}
