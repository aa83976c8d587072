package sungu.portable;

import sungu.graph.Graph;
import sungu.graph.Value;
import sungu.primitive.Broadcast;
import sungu.primitive.Call;
import sungu.primitive.Cast;
import sungu.primitive.Concatenation;
import sungu.primitive.Conditional;
import sungu.primitive.Convolution;
import sungu.primitive.Cumulative;
import sungu.primitive.DotGeneral;
import sungu.primitive.Gather;
import sungu.primitive.Padding;
import sungu.primitive.Pointwise;
import sungu.primitive.Primitive;
import sungu.primitive.Reduce;
import sungu.primitive.Reshaping;
import sungu.primitive.Reverse;
import sungu.primitive.Scan;
import sungu.primitive.Scatter;
import sungu.primitive.Slicing;
import sungu.primitive.StopGradient;
import sungu.primitive.Transpose;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes random graphs, and inputs for them, of a seed: every primitive kind, all dtypes, scalars
 * beside full operands, repeats.
 */
final class RandomGraphs {
    private static final DType[] DTYPES =
            Arrays.stream(DType.values()).filter(d -> d != DType.STRING).toArray(DType[]::new);
    private static final List<Pointwise> OPS = List.of(Pointwise.values());
    private static final List<Reduce.Fold> FOLDS = List.of(Reduce.Fold.values());
    private static final int[] SPECIAL = {0, 0, 1, 1, -1, 2, 3};

    /** Elements of a value that no more is made of. */
    private static final int LARGE = 1 << 20;

    private final Random random;
    private final int largest;

    RandomGraphs(long seed, int largest) {
        random = new Random(seed);
        this.largest = largest;
    }

    Graph graph(int nodes) {
        var builder = new Graph.Builder();
        var values = new ArrayList<Value>();
        int inputs = 1 + random.nextInt(4);
        var dtype = dtype();
        var shape = shape();
        for (int i = 0; i < inputs; i++) {
            // Inputs of equal types let binary operations meet.
            boolean same = random.nextInt(3) > 0;
            values.add(
                    builder.input(
                            new TensorType(
                                    same ? dtype : dtype(),
                                    random.nextInt(5) == 0
                                            ? Shape.SCALAR
                                            : same ? shape : shape())));
        }
        for (int i = 0; i < nodes; i++) {
            try {
                node(builder, values, 2);
            } catch (TensorException | IllegalArgumentException e) {
                // The choice did not fit: this node is left out.
            }
        }
        var outputs = new ArrayList<Value>();
        for (int i = 0, n = 1 + random.nextInt(3); i < n; i++) {
            outputs.add(
                    values.get(
                            values.size()
                                    - 1
                                    - random.nextInt(
                                            Math.min(values.size(), 1 + values.size() / 3))));
        }
        return builder.build(outputs);
    }

    private DType dtype() {
        return random.nextInt(2) == 0 ? DType.FLOAT32 : DTYPES[random.nextInt(DTYPES.length)];
    }

    private Shape shape() {
        if (largest > 1000 && random.nextInt(2) == 0) {
            return Shape.of(1 + random.nextInt(largest));
        }
        var dims = new int[1 + random.nextInt(3)];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(4);
        }
        return Shape.of(dims);
    }

    private Value any(List<Value> values) {
        // Late values more often, so that chains grow; an input instead of one grown too large.
        var value =
                values.get(
                        random.nextBoolean()
                                ? values.size() - 1 - random.nextInt(Math.min(values.size(), 4))
                                : random.nextInt(values.size()));
        return value.type().size() < LARGE ? value : values.get(0);
    }

    private Value like(Graph.Builder builder, List<Value> values, Value x) {
        var fits =
                values.stream()
                        .filter(v ->
                                v.type().equals(x.type())
                                        || v.type().equals(x.type().with(Shape.SCALAR)))
                        .toList();
        return random.nextInt(4) == 0
                ? builder.constant(
                        tensor(
                                x.type()
                                        .with(
                                                random.nextBoolean()
                                                        ? Shape.SCALAR
                                                        : x.type().shape()),
                                true))
                : fits.get(random.nextInt(fits.size()));
    }

    private void node(Graph.Builder builder, List<Value> values, int depth) {
        var x = any(values);
        var shape = x.type().shape();
        int rank = shape.rank();
        int axis = rank == 0 ? 0 : random.nextInt(rank);
        switch (random.nextInt(28)) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 -> {
                var op = OPS.get(random.nextInt(OPS.size()));
                var in =
                        switch (op.arity()) {
                            case 1 -> List.of(x);
                            case 2 ->
                                    random.nextBoolean()
                                            ? List.of(x, like(builder, values, x))
                                            : List.of(like(builder, values, x), x);
                            default -> {
                                var flags =
                                        builder.node(
                                                        Pointwise.LESS,
                                                        List.of(x, like(builder, values, x)),
                                                        "")
                                                .get(0);
                                values.add(flags);
                                yield List.of(flags, x, like(builder, values, x));
                            }
                        };
                add(values, builder, op, in);
            }
            case 10 -> add(values, builder, new Cast(dtype()), List.of(x));
            case 11 -> add(values, builder, new Transpose(permutation(rank)), List.of(x));
            case 12 ->
                    add(
                            values,
                            builder,
                            new Reshaping(
                                    x.type().size() == 1 && random.nextBoolean()
                                            ? Shape.SCALAR
                                            : random.nextBoolean()
                                                    ? Shape.of(x.type().size())
                                                    : shape.insert(0, 1)),
                            List.of(x));
            case 13 ->
                    add(
                            values,
                            builder,
                            new Broadcast(
                                    random.nextBoolean()
                                            ? shape
                                            : shape.insert(0, 1 + random.nextInt(3))),
                            List.of(x));
            case 14 ->
                    add(
                            values,
                            builder,
                            new Reduce(
                                    FOLDS.get(random.nextInt(4)),
                                    rank == 0 ? Ints.of() : Ints.of(axis)),
                            List.of(x));
            case 15 ->
                    add(
                            values,
                            builder,
                            new Reverse(rank == 0 ? Ints.of() : Ints.of(axis)),
                            List.of(x));
            case 16 -> {
                var size = shape.dims();
                var begin = new int[rank];
                for (int i = 0; i < rank && size[i] > 0; i++) {
                    begin[i] = random.nextInt(size[i]);
                    size[i] = 1 + random.nextInt(size[i] - begin[i]);
                }
                add(
                        values,
                        builder,
                        new Slicing(Ints.of(begin), Ints.of(size), Ints.repeat(1, rank)),
                        List.of(x));
            }
            case 17 -> {
                var pads = Ints.of(random.ints(rank, 0, 2).toArray());
                add(
                        values,
                        builder,
                        new Padding(pads, pads, Ints.repeat(0, rank)),
                        List.of(x, builder.constant(tensor(x.type().with(Shape.SCALAR), true))));
            }
            case 18 -> {
                if (rank > 0) {
                    add(values, builder, new Concatenation(axis), List.of(x, x));
                }
            }
            case 19 -> {
                if (rank > 0 && random.nextInt(3) == 0) {
                    convolution(builder, values, x);
                } else {
                    var y = partner(values, x);
                    add(
                            values,
                            builder,
                            product(x.type().shape(), y.type().shape()),
                            List.of(x, y));
                }
            }
            case 20 -> {
                if (rank > 0) {
                    add(
                            values,
                            builder,
                            new Cumulative(
                                    Reduce.Fold.SUM,
                                    axis,
                                    random.nextBoolean(),
                                    random.nextBoolean()),
                            List.of(x));
                }
            }
            case 21 -> add(values, builder, new StopGradient(), List.of(x));
            case 23 -> gather(builder, values, x);
            case 22 -> values.add(builder.constant(tensor(x.type(), random.nextBoolean())));
            default -> {
                if (depth > 0) {
                    control(builder, values, x, depth);
                }
            }
        }
    }

    /** Rows of a value, sometimes in another order of the indices' axes, put back into it. */
    private void gather(Graph.Builder builder, List<Value> values, Value x) {
        var shape = x.type().shape();
        if (shape.rank() == 0 || shape.dim(0) == 0) {
            return;
        }
        var some = new int[6];
        Arrays.setAll(some, i -> random.nextInt(shape.dim(0)));
        var indices = builder.constant(new HostTensor(DType.INT32, Shape.of(2, 3, 1), some));
        var rows = builder.node(new Gather(0, 0, 1, false), List.of(x, indices), "").get(0);
        values.add(rows);
        var combine = random.nextBoolean() ? Scatter.Combine.ADD : Scatter.Combine.UPDATE;
        add(
                values,
                builder,
                new Scatter(combine, 0, 0, 1, false),
                List.of(random.nextBoolean() ? x : zeros(builder, x), indices, rows));
    }

    private Value zeros(Graph.Builder builder, Value x) {
        var zero = builder.constant(HostTensor.allocate(x.type().dtype(), Shape.SCALAR));
        return builder.node(new Broadcast(x.type().shape()), List.of(zero), "").get(0);
    }

    /** A value of the same dtype. */
    private Value partner(List<Value> values, Value x) {
        var fits = values.stream().filter(v -> v.type().dtype() == x.type().dtype()).toList();
        return fits.get(random.nextInt(fits.size()));
    }

    /** A product that pairs some of the axes of equal sizes. */
    private DotGeneral product(Shape x, Shape y) {
        var left = new ArrayList<Integer>();
        var right = new ArrayList<Integer>();
        for (int i : permutation(x.rank()).toArray()) {
            for (int k : permutation(y.rank()).toArray()) {
                if (x.dim(i) == y.dim(k)
                        && !left.contains(i)
                        && !right.contains(k)
                        && random.nextInt(4) > 0) {
                    left.add(i);
                    right.add(k);
                }
            }
        }
        int batch = random.nextInt(left.size() + 1) * random.nextInt(2);
        return new DotGeneral(
                ints(left.subList(0, batch)),
                ints(right.subList(0, batch)),
                ints(left.subList(batch, left.size())),
                ints(right.subList(batch, right.size())));
    }

    private static Ints ints(List<Integer> list) {
        return Ints.of(list.stream().mapToInt(Integer::intValue).toArray());
    }

    /**
     * A convolution over one dimension, with a kernel that is often as small or large as can be.
     */
    private void convolution(Graph.Builder builder, List<Value> values, Value x) {
        int size = x.type().size();
        int channels = size % 2 == 0 && random.nextBoolean() ? 2 : 1;
        int length = size / channels % 3 == 0 ? 3 : size / channels % 4 == 0 ? 4 : 1;
        var input = Shape.of(size / channels / length, length, channels);
        var kernel =
                Shape.of(
                        random.nextInt(3) == 0 ? length : 1 + random.nextInt(2),
                        channels,
                        1 + random.nextInt(3));
        var shaped = builder.node(new Reshaping(input), List.of(x), "").get(0);
        add(
                values,
                builder,
                new Convolution(
                        Ints.of(1 + random.nextInt(2)),
                        Ints.of(1 + random.nextInt(2)),
                        Ints.of(1 + random.nextInt(2)),
                        Ints.of(random.nextInt(3) - 1),
                        Ints.of(random.nextInt(3) - 1),
                        1),
                List.of(shaped, builder.constant(whole(x.type().with(kernel)))));
    }

    private void control(Graph.Builder builder, List<Value> values, Value x, int depth) {
        var flag =
                builder.node(
                                Pointwise.LESS,
                                List.of(
                                        builder.constant(tensor(TensorType.parse("f32[]"), false)),
                                        builder.constant(tensor(TensorType.parse("f32[]"), false))),
                                "")
                        .get(0);
        if (random.nextBoolean()) {
            scan(builder, values, x, depth);
            return;
        }
        var then = inner(x.type(), depth);
        if (random.nextBoolean()) {
            add(values, builder, new Call(then, null), List.of(x));
        } else {
            var otherwise = new Graph.Builder();
            var y = otherwise.input(x.type());
            var doubled = otherwise.node(Pointwise.ADD, List.of(y, y), "");
            var same = new Graph.Builder();
            var z = same.input(x.type());
            add(
                    values,
                    builder,
                    new Conditional(
                            then.outputTypes()[0].equals(x.type()) ? then : same.build(List.of(z)),
                            otherwise.build(doubled)),
                    List.of(flag, x));
        }
    }

    /** A loop over the rows of a value that carries one or two others; two run it sometimes. */
    private void scan(Graph.Builder builder, List<Value> values, Value x, int depth) {
        var row = any(values);
        var shape = row.type().shape();
        if (shape.rank() == 0 || shape.dim(0) > 6) {
            return;
        }
        var body = new Graph.Builder();
        var inner = new ArrayList<Value>();
        var carried = new ArrayList<>(List.of(x));
        if (random.nextBoolean()) {
            carried.add(partner(values, x));
        }
        carried.forEach(value -> inner.add(body.input(value.type())));
        inner.add(body.input(row.type().with(shape.remove(0))));
        var stay = any(values);
        inner.add(body.input(stay.type()));
        boolean multiplies =
                x.type().shape().rank() == 2
                        && x.type().shape().dim(1) <= 256
                        && random.nextBoolean();
        var weights = multiplies ? weights(builder, x.type()) : stay;
        inner.add(body.input(weights.type()));
        if (multiplies) {
            int axis = random.nextInt(2);
            var product = new DotGeneral(Ints.of(), Ints.of(), Ints.of(1), Ints.of(axis));
            add(inner, body, product, List.of(inner.get(0), inner.getLast()));
        }
        for (int i = 0; i < 8; i++) {
            try {
                node(body, inner, depth - 1);
            } catch (TensorException | IllegalArgumentException e) {
                // Left out.
            }
        }
        var outputs = new ArrayList<Value>();
        for (int i = 0; i < carried.size(); i++) {
            var carry = inner.get(i);
            var fits = inner.stream().filter(value -> value.type().equals(carry.type())).toList();
            var next = random.nextInt(3) == 0 ? carry : fits.getLast();
            boolean adds =
                    carry.type().dtype() != DType.BOOL && random.nextBoolean() && next != carry;
            outputs.add(adds ? body.node(Pointwise.ADD, List.of(carry, next), "").get(0) : next);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            outputs.add(inner.get(random.nextInt(inner.size())));
        }
        if (outputs.stream().mapToLong(value -> value.type().size()).sum() > 1 << 16) {
            return;
        }
        var scan =
                new Scan(
                        body.build(outputs), carried.size(), 1, shape.dim(0), random.nextBoolean());
        var arguments = new ArrayList<>(carried);
        arguments.add(row);
        arguments.add(stay);
        arguments.add(weights);
        var first = builder.node(scan, arguments, "");
        values.addAll(first);
        boolean stacks = first.size() > carried.size();
        if (stacks && random.nextBoolean()) {
            again(builder, values, scan, arguments, first.getLast());
        }
    }

    /** A square matrix for the columns of a value. */
    private Value weights(Graph.Builder builder, TensorType type) {
        int columns = type.shape().dim(1);
        return builder.constant(whole(type.with(Shape.of(columns, columns))));
    }

    /** A second loop over what the first has stacked, as gradients are, that computes the same. */
    private void again(
            Graph.Builder builder,
            List<Value> values,
            Scan scan,
            List<Value> arguments,
            Value stacked) {
        var type = stacked.type();
        var row = type.with(type.shape().remove(0));
        var body = new Graph.Builder();
        var own = new ArrayList<Value>();
        for (var input : scan.body().inputs().subList(0, scan.carried() + 1)) {
            own.add(body.input(input.type()));
        }
        var read = body.input(row);
        int stay = scan.carried() + 1;
        for (var input : scan.body().inputs().subList(stay, arguments.size())) {
            own.add(body.input(input.type()));
        }
        if (random.nextBoolean() && row.equals(own.get(0).type())) {
            // As if the rows were what each round began with.
            own.set(0, read);
        }
        var copies = new java.util.HashMap<Value, Value>();
        for (int i = 0; i < own.size(); i++) {
            copies.put(scan.body().inputs().get(i), own.get(i));
        }
        for (var node : scan.body().nodes()) {
            var in = node.inputs().stream().map(copies::get).toList();
            var out = body.node(node.primitive(), in, "");
            for (int i = 0; i < out.size(); i++) {
                copies.put(node.outputs().get(i), out.get(i));
            }
        }
        var outputs = new ArrayList<>(scan.body().outputs().stream().map(copies::get).toList());
        outputs.add(read);
        var inputs = new ArrayList<>(arguments.subList(0, scan.carried() + 1));
        inputs.add(stacked);
        inputs.addAll(arguments.subList(stay, arguments.size()));
        values.addAll(
                builder.node(
                        new Scan(
                                body.build(outputs),
                                scan.carried(),
                                2,
                                scan.length(),
                                !scan.reverse()),
                        inputs,
                        ""));
    }

    private Graph inner(TensorType type, int depth) {
        var builder = new Graph.Builder();
        var values = new ArrayList<Value>();
        values.add(builder.input(type));
        for (int i = 0; i < 4; i++) {
            try {
                node(builder, values, depth - 1);
            } catch (TensorException | IllegalArgumentException e) {
                // Left out.
            }
        }
        return builder.build(List.of(values.getLast()));
    }

    private static void add(
            List<Value> values, Graph.Builder builder, Primitive primitive, List<Value> inputs) {
        var types = inputs.stream().map(Value::type).toArray(TensorType[]::new);
        if (elements(types) < LARGE && elements(primitive.types(types)) < LARGE) {
            values.addAll(builder.node(primitive, inputs, ""));
        }
    }

    private static long elements(TensorType[] types) {
        return Arrays.stream(types).mapToLong(TensorType::size).sum();
    }

    private Ints permutation(int rank) {
        var axes = new ArrayList<Integer>();
        for (int i = 0; i < rank; i++) {
            axes.add(random.nextInt(axes.size() + 1), i);
        }
        return Ints.of(axes.stream().mapToInt(Integer::intValue).toArray());
    }

    /**
     * A tensor of small numbers, with zeros and ones in plenty; uniform ones have one number only.
     */
    HostTensor tensor(TensorType type, boolean uniform) {
        var array = HostTensor.newArray(type.dtype(), type.shape());
        double all = SPECIAL[random.nextInt(SPECIAL.length)];
        for (int i = 0; i < type.size(); i++) {
            double number =
                    uniform
                            ? all
                            : type.dtype().isFloating()
                                    ? random.nextGaussian() * 3
                                    : SPECIAL[random.nextInt(SPECIAL.length)];
            if (!uniform && random.nextInt(40) == 0 && type.dtype().isFloating()) {
                number =
                        new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.0, Double.MIN_VALUE}
                                [random.nextInt(4)];
            }
            Numbers.put(type.dtype(), array, i, number);
        }
        return new HostTensor(type, array);
    }

    private HostTensor whole(TensorType type) {
        var array = HostTensor.newArray(type.dtype(), type.shape());
        for (int i = 0; i < type.size(); i++) {
            Numbers.put(type.dtype(), array, i, SPECIAL[random.nextInt(SPECIAL.length)]);
        }
        return new HostTensor(type, array);
    }

    HostTensor[] inputs(Graph graph) {
        return graph.inputs().stream()
                .map(input -> tensor(input.type(), false))
                .toArray(HostTensor[]::new);
    }
}
