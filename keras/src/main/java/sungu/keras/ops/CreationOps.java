package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tensors from scratch: constants, ranges, diagonals, triangles. */
final class CreationOps {
    private CreationOps() {}

    static void declare(Operations.Table t) {
        t.op("array(x, | dtype=None)", a -> converted(a));
        t.op(
                "zeros(| #shape, dtype=None)",
                a -> Tensor.zeros(a.shape("shape"), a.dtype("dtype", Kind.floatx())));
        t.op(
                "empty(| #shape, dtype=None)",
                a -> Tensor.zeros(a.shape("shape"), a.dtype("dtype", Kind.floatx())));
        t.op(
                "ones(| #shape, dtype=None)",
                a -> Tensor.ones(a.shape("shape"), a.dtype("dtype", Kind.floatx())));
        t.op(
                "full(| #shape, fill_value, dtype=None)",
                a ->
                        ShapeOps.broadcastTo(
                                Conversion.tensor(
                                        a.value("fill_value"), a.dtype("dtype", Kind.floatx())),
                                a.shape("shape")));
        t.op("zeros_like(x, | dtype=None)", a -> like(a, 0));
        t.op("empty_like(x, | dtype=None)", a -> like(a, 0));
        t.op("ones_like(x, | dtype=None)", a -> like(a, 1));
        t.op(
                "full_like(x, fill_value, | dtype=None)",
                a -> {
                    var x = a.tensor("x");
                    return ShapeOps.broadcastTo(
                            Conversion.tensor(
                                    a.value("fill_value"),
                                    Promotion.result(a.dtype("dtype", x.dtype()))),
                            x.shape());
                });
        t.op(
                "eye(| #N, #M=None, #k=0, dtype=None)",
                a ->
                        eye(
                                a.size("N"),
                                a.has("M") ? a.size("M") : a.size("N"),
                                a.size("k"),
                                a.dtype("dtype", Kind.floatx())));
        t.op(
                "identity(| #n, dtype=None)",
                a -> eye(a.size("n"), a.size("n"), 0, a.dtype("dtype", Kind.floatx())));
        t.op(
                "tri(| #N, #M=None, #k=0, dtype=None)",
                a ->
                        Elements.cast(
                                below(
                                        a.size("N"),
                                        a.has("M") ? a.size("M") : a.size("N"),
                                        a.size("k")),
                                a.dtype("dtype", Kind.floatx())));
        t.op("tril(x, | k=0)", a -> triangle(a.tensor("x"), a.size("k"), true));
        t.op("triu(x, | k=0)", a -> triangle(a.tensor("x"), a.size("k"), false));
        t.op(
                "diag(x, | k=0)",
                a -> {
                    var x = a.tensor("x");
                    return switch (x.rank()) {
                        case 1 -> spread(x, a.size("k"));
                        case 2 -> diagonal(x, a.size("k"), 0, 1);
                        default -> throw a.refused("x", "must have one or two dimensions");
                    };
                });
        t.op("diagflat(x, | k=0)", a -> spread(ShapeOps.flat(a.tensor("x")), a.size("k")));
        t.op(
                "diagonal(x, | offset=0, axis1=0, axis2=1)",
                a -> diagonal(a.tensor("x"), a.size("offset"), a.size("axis1"), a.size("axis2")));
        t.op("arange(| #start, #stop=None, #step=None, dtype=None)", CreationOps::arange);
        t.op(
                "linspace(start, stop, | #num=50, endpoint=True, retstep=False, dtype=None,"
                        + " axis=0)",
                CreationOps::linspace);
        t.op(
                "logspace(start, stop, | #num=50, endpoint=True, base=10, dtype=None, axis=0)",
                a -> {
                    var line = line(a, a.dtype("dtype"));
                    return Elements.pow(
                            Conversion.tensor(a.value("base"), line.values.dtype()), line.values);
                });
        t.op(
                "geomspace(start, stop, | #num=50, endpoint=True, dtype=None, axis=0)",
                CreationOps::geomspace);
        t.op(
                "vander(x, | #N=None, increasing=False)",
                a -> {
                    var x = a.tensor("x");
                    if (x.rank() != 1) {
                        throw a.refused("x", "must be a vector");
                    }
                    int n = a.has("N") ? a.size("N") : x.size();
                    var dtype = Promotion.result(x.dtype(), Promotion.Weak.INT);
                    var powers = Movements.iota(n, dtype);
                    var exponents = a.flag("increasing") ? powers : Movements.reverse(powers, 0);
                    return Elements.pow(
                            Movements.expandDims(Conversion.cast(x, dtype), 1), exponents);
                });
        window(t, "bartlett", (i, n) -> 1 - Math.abs(2 * i / n - 1));
        window(t, "hanning", (i, n) -> 0.5 - 0.5 * Math.cos(2 * Math.PI * i / n));
        window(t, "hamming", (i, n) -> 0.54 - 0.46 * Math.cos(2 * Math.PI * i / n));
        window(
                t,
                "blackman",
                (i, n) ->
                        0.42
                                - 0.5 * Math.cos(2 * Math.PI * i / n)
                                + 0.08 * Math.cos(4 * Math.PI * i / n));
        t.op(
                "kaiser(#x, | #beta)",
                a -> {
                    double beta = a.number("beta");
                    double whole = bessel(beta);
                    return window(
                            a,
                            (i, n) ->
                                    bessel(
                                                    beta
                                                            * Math.sqrt(
                                                                    Math.max(
                                                                            0,
                                                                            1
                                                                                    - Math.pow(
                                                                                            2 * i
                                                                                                            / n
                                                                                                    - 1,
                                                                                            2))))
                                            / whole);
                });
    }

    private interface Weight {
        double at(double index, double last);
    }

    private static void window(Operations.Table t, String name, Weight weight) {
        t.op(name + "(#x)", a -> window(a, weight));
    }

    private static Tensor window(Given a, Weight weight) {
        int size = Conversion.tensor(a.value("x")).intValue();
        var values = new double[Math.max(size, 0)];
        for (int i = 0; i < values.length; i++) {
            values[i] = values.length == 1 ? 1 : weight.at(i, values.length - 1);
        }
        return Elements.cast(Tensor.of((Object) values), Kind.floatx());
    }

    /** The modified Bessel function of the first kind and order zero, by its power series. */
    static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }

    static Tensor converted(Given a) {
        var dtype = a.dtype("dtype");
        return dtype == null ? a.tensor("x") : Conversion.tensor(a.value("x"), dtype);
    }

    private static Tensor like(Given a, long value) {
        var x = a.tensor("x");
        return Movements.broadcastTo(
                Conversion.scalar(value, a.dtype("dtype", x.dtype())), x.shape());
    }

    /** Column minus row at each place of a matrix. */
    private static Tensor offsets(int rows, int columns) {
        return Movements.iota(columns, DType.INT32)
                .minus(Movements.reshape(Movements.iota(rows, DType.INT32), Shape.of(rows, 1)));
    }

    static Tensor eye(int rows, int columns, int k, DType dtype) {
        return Elements.cast(Elements.equal(offsets(rows, columns), Tensor.of(k)), dtype);
    }

    private static Tensor below(int rows, int columns, int k) {
        return Elements.lessEqual(offsets(rows, columns), Tensor.of(k));
    }

    private static Tensor triangle(Tensor x, int k, boolean lower) {
        if (x.rank() < 2) {
            throw new TensorException(
                    "argument 'x' must have two dimensions or more, got " + x.type());
        }
        int rows = x.shape().dim(-2);
        int columns = x.shape().dim(-1);
        var kept =
                lower
                        ? below(rows, columns, k)
                        : Elements.greaterEqual(offsets(rows, columns), Tensor.of(k));
        return Elements.select(Movements.broadcastTo(kept, x.shape()), x, Elements.zerosLike(x));
    }

    private static Tensor spread(Tensor x, int k) {
        int size = x.size() + Math.abs(k);
        var padded =
                Movements.pad(
                        x,
                        new int[] {Math.max(k, 0)},
                        new int[] {Math.max(-k, 0)},
                        Tensor.zeros(Shape.SCALAR, x.dtype()));
        var wide = Movements.broadcastTo(padded, Shape.of(size, size));
        return Elements.select(eye(size, size, k, DType.BOOL), wide, Elements.zerosLike(wide));
    }

    static Tensor diagonal(Tensor x, int offset, int axis1, int axis2) {
        if (x.rank() < 2) {
            throw new TensorException(
                    "argument 'x' must have two dimensions or more, got " + x.type());
        }
        if (x.shape().axis(axis1) == x.shape().axis(axis2)) {
            throw new TensorException(
                    "arguments 'axis1' and 'axis2' must differ, got " + axis1 + " and " + axis2);
        }
        var m = ShapeOps.moveAxis(x, new int[] {axis1, axis2}, new int[] {-2, -1});
        int rows = m.shape().dim(-2);
        int columns = m.shape().dim(-1);
        int top = Math.max(-offset, 0);
        int left = Math.max(offset, 0);
        int length = Math.max(Math.min(rows - top, columns - left), 0);
        if (length == 0) {
            return Movements.squeeze(
                    Movements.sliceAxis(Movements.sliceAxis(m, -2, 0, Math.min(rows, 1)), -1, 0, 0),
                    -2);
        }
        var square =
                Movements.sliceAxis(
                        Movements.sliceAxis(m, -2, top, top + length), -1, left, left + length);
        // The elements of a square's diagonal stand length + 1 apart.
        var lead = m.shape().slice(0, m.rank() - 2);
        var flat = Movements.reshape(square, lead.concat(Shape.of(length * length)));
        var begin = new int[flat.rank()];
        var size = flat.shape().dims();
        var step = new int[flat.rank()];
        Arrays.fill(step, 1);
        size[flat.rank() - 1] = length;
        step[flat.rank() - 1] = length + 1;
        return length == 1 ? flat : Movements.slice(flat, begin, size, step);
    }

    private static Tensor arange(Given a) {
        var kinds = new ArrayList<Object>();
        for (var name : new String[] {"start", "stop", "step"}) {
            if (a.has(name)) {
                kinds.add(Conversion.kind(a.value(name)));
            }
        }
        var dtype = a.dtype("dtype", Promotion.result(kinds));
        double start = a.has("stop") ? a.number("start") : 0;
        double stop = a.has("stop") ? a.number("stop") : a.number("start");
        double step = a.number("step", 1);
        if (step == 0) {
            throw a.refused("step", "must not be 0");
        }
        if (dtype.isInteger()) {
            start = Math.floor(Math.abs(start)) * Math.signum(start);
            stop = Math.floor(Math.abs(stop)) * Math.signum(stop);
            step = Math.floor(Math.abs(step)) * Math.signum(step);
        }
        double length = Math.ceil((stop - start) / step);
        if (!(length < Integer.MAX_VALUE)) {
            throw a.refused("start", "and stop with step " + step + " must give fewer elements");
        }
        int count = (int) Math.max(length, 0);
        if (dtype.isInteger()) {
            var longs = new long[count];
            for (int i = 0; i < count; i++) {
                longs[i] = (long) start + i * (long) step;
            }
            return Elements.cast(Tensor.of((Object) longs), dtype);
        }
        var values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = start + i * step;
        }
        return Conversion.cast(Tensor.of((Object) values), dtype);
    }

    private record Line(Tensor values, Tensor step) {}

    private static Object linspace(Given a) {
        var line = line(a, a.dtype("dtype"));
        return a.flag("retstep") ? List.of(line.values, line.step) : line.values;
    }

    private static Line line(Given a, @Nullable DType dtype) {
        int num = a.size("num");
        if (num < 0) {
            throw a.refused("num", "must not be negative");
        }
        var kind =
                dtype != null
                        ? dtype
                        : Promotion.result(
                                Conversion.kind(a.value("start")),
                                Conversion.kind(a.value("stop")),
                                Promotion.Weak.FLOAT);
        var wide = kind.isFloating() ? kind : DType.FLOAT64;
        var start = Conversion.tensor(a.value("start"), kind);
        var stop = Conversion.tensor(a.value("stop"), kind);
        var from = Conversion.cast(start, wide);
        var to = Conversion.cast(stop, wide);
        int gaps = a.flag("endpoint") ? num - 1 : num;
        var step = gaps > 0 ? to.minus(from).div(Kind.weak(gaps, from)) : Tensor.of(Float.NaN);
        var shape = Shape.broadcast(from.shape(), to.shape());
        int axis = ShapeOps.axis("axis", a.size("axis"), shape.rank() + 1);
        var parts = new ArrayList<Tensor>();
        for (int i = 0; i < num; i++) {
            boolean last = a.flag("endpoint") && num > 1 && i == num - 1;
            var value = i == 0 ? from : last ? to : from.plus(step.times(i));
            parts.add(Movements.broadcastTo(value, shape));
        }
        var values =
                parts.isEmpty()
                        ? Tensor.zeros(shape.insert(axis, 0), wide)
                        : Movements.stack(parts, axis);
        return new Line(
                Conversion.cast(kind.isInteger() ? Elements.floor(values) : values, kind), step);
    }

    private static Tensor geomspace(Given a) {
        int num = a.size("num");
        var dtype = a.dtype("dtype", Kind.floatx());
        var wide = dtype.isFloating() ? dtype : Kind.floatx();
        var start = Conversion.tensor(a.value("start"), wide);
        var stop = Conversion.tensor(a.value("stop"), wide);
        var sign = Elements.sign(start);
        var low = Elements.log(Elements.abs(start));
        var high = Elements.log(Elements.abs(stop));
        int gaps = a.flag("endpoint") ? num - 1 : num;
        var parts = new ArrayList<Tensor>();
        for (int i = 0; i < num; i++) {
            boolean last = a.flag("endpoint") && num > 1 && i == num - 1;
            parts.add(
                    i == 0
                            ? start
                            : last
                                    ? stop
                                    : sign.times(
                                            Elements.exp(
                                                    low.plus(
                                                            high.minus(low)
                                                                    .times((double) i / gaps)))));
        }
        if (parts.isEmpty()) {
            return Tensor.zeros(Shape.broadcast(start.shape(), stop.shape()).insert(0, 0), dtype);
        }
        return Conversion.cast(Movements.stack(parts, a.size("axis")), dtype);
    }
}
