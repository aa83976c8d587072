package sungu.trace;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Value;
import sungu.kernel.Fill;
import sungu.primitive.Broadcast;
import sungu.primitive.Control;
import sungu.primitive.Literal;
import sungu.primitive.Opaque;
import sungu.primitive.Primitive;
import sungu.primitive.Reshaping;
import sungu.primitive.Scan;
import sungu.primitive.Slicing;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.trace.RowForm.Rows;

import java.util.HashMap;
import java.util.Map;

/**
 * The body of a scan that treats the rows of a batch by themselves, for any number of rows: a part
 * of the batch can go through all rounds on its own.
 */
public final class RowSplit {
    private final Graph body;
    private final int count;
    private final Map<Value, Rows> rows;

    private RowSplit(Graph body, int count, Map<Value, Rows> rows) {
        this.body = body;
        this.count = count;
        this.rows = rows;
    }

    /**
     * The split of a scan's body; null if its rounds mix rows, if not all that it stacks has them
     * along the first axis, or if something in it names positions in errors.
     */
    public static @Nullable RowSplit of(Scan scan) {
        var body = scan.body();
        int count = count(scan);
        for (var node : body.nodes()) {
            if (node.primitive() instanceof Control || node.primitive() instanceof Opaque) {
                return null;
            }
        }
        // What stays is the same for all rows, such as weights, or has rows, such as masks.
        var split = count < 2 ? null : of(scan, count, false);
        return split != null || count < 2 ? split : of(scan, count, true);
    }

    private static @Nullable RowSplit of(Scan scan, int count, boolean stays) {
        var body = scan.body();
        var batched = new boolean[body.inputs().size()];
        for (int i = 0; i < batched.length; i++) {
            batched[i] =
                    (stays || i < scan.carried() + scan.rows())
                            && lead(body.inputs().get(i)) == count;
        }
        var rows = RowForm.rows(body, batched, count);
        if (rows == null) {
            return null;
        }
        for (int i = 0; i < body.outputs().size(); i++) {
            var where = rows.get(body.outputs().get(i));
            boolean has = i >= scan.carried() || batched[i];
            if (has ? !new Rows(0, 1).equals(where) : where != null) {
                return null;
            }
        }
        return new RowSplit(body, count, rows);
    }

    /** The size of the batch: that of what is carried. */
    private static int count(Scan scan) {
        return scan.body().inputs().subList(0, scan.carried()).stream()
                .mapToInt(RowSplit::lead)
                .max()
                .orElse(0);
    }

    private static int lead(Value value) {
        var shape = value.type().shape();
        return shape.rank() == 0 ? 0 : shape.dim(0);
    }

    /** The number of rows in the scan. */
    public int count() {
        return count;
    }

    /** The body for another number of rows. */
    public Graph part(int number) {
        var builder = new Graph.Builder();
        var copies = new HashMap<Value, Value>();
        for (var input : body.inputs()) {
            var type = input.type();
            copies.put(input, builder.input(type.with(shape(type.shape(), input, number))));
        }
        for (var node : body.nodes()) {
            var inputs = node.inputs().stream().map(copies::get).toList();
            var first = node.outputs().get(0);
            var outputs =
                    builder.node(resized(node.primitive(), first, number), inputs, node.place());
            for (int i = 0; i < outputs.size(); i++) {
                copies.put(node.outputs().get(i), outputs.get(i));
            }
        }
        return builder.build(body.outputs().stream().map(copies::get).toList());
    }

    /** A primitive with the sizes that follow from those of its output. */
    private Primitive resized(Primitive primitive, Value output, int number) {
        return switch (primitive) {
            case Broadcast broadcast -> new Broadcast(shape(broadcast.shape(), output, number));
            case Reshaping reshape -> new Reshaping(shape(reshape.shape(), output, number));
            case Slicing slice ->
                    new Slicing(
                            slice.begin(),
                            Ints.of(shape(output.type().shape(), output, number).dims()),
                            slice.step());
            case Literal literal when rows.containsKey(output) -> {
                var type = output.type();
                var value = HostTensor.allocate(type.dtype(), shape(type.shape(), output, number));
                Fill.all(literal.value().array(), value.array(), value.size());
                yield new Literal(value);
            }
            default -> primitive;
        };
    }

    private Shape shape(Shape whole, Value value, int number) {
        var where = rows.get(value);
        return where == null ? whole : whole.with(where.axis(), number * where.each());
    }
}
