package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Comparison;
import sungu.conformance.Mismatch;
import sungu.conformance.Unsupported;
import sungu.conformance.Values;
import sungu.conformance.tensorflow.TfArguments;
import sungu.queue.Component;
import sungu.queue.TensorQueue;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorShape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Cases of kind {@code queue}. */
final class QueueCases implements EventCases.Subject {
    private final TensorQueue queue;
    private final boolean named;

    /** What came out of a shuffle queue since it was last empty. */
    private final List<List<Tensor>> drawn = new ArrayList<>();

    private QueueCases(TensorQueue queue, boolean named) {
        this.queue = queue;
        this.named = named;
    }

    static void replay(Case recorded) throws Exception {
        EventCases.replay(recorded, QueueCases::make);
    }

    private static QueueCases make(Case recorded, Map<String, @Nullable Object> values) {
        var kind = recorded.text("class");
        var a = new TfArguments("tf.queue." + kind, values);
        var components = components(a, kind.equals("PriorityQueue") ? "types" : "dtypes");
        int capacity = a.integer("capacity");
        return new QueueCases(
                switch (kind) {
                    case "FIFOQueue" -> TensorQueue.fifo(capacity, components);
                    case "PaddingFIFOQueue" -> TensorQueue.paddingFifo(capacity, components);
                    case "PriorityQueue" -> TensorQueue.priority(capacity, components);
                    case "RandomShuffleQueue" ->
                            TensorQueue.shuffle(
                                    capacity,
                                    a.integer("min_after_dequeue"),
                                    a.integer("seed", 0),
                                    components);
                    default -> throw new Unsupported("queues " + kind);
                },
                a.has("names"));
    }

    private static Component[] components(TfArguments a, String field) {
        var dtypes = a.value(field) instanceof List<?> list ? list : List.of(a.required(field));
        var shapes = a.value("shapes") instanceof List<?> list ? list : null;
        var names = a.value("names") instanceof List<?> list ? list : null;
        if (shapes != null && shapes.size() != dtypes.size()
                || names != null && names.size() != dtypes.size()) {
            throw new TensorException("queue: as many shapes and names as dtypes are needed");
        }
        var components = new Component[dtypes.size()];
        for (int i = 0; i < components.length; i++) {
            components[i] =
                    new Component(
                            DType.of((String) dtypes.get(i)),
                            shapes == null ? TensorShape.UNKNOWN : shape(shapes.get(i)),
                            names == null ? "" : (String) names.get(i));
        }
        return components;
    }

    /** A shape as a list of dimensions, null for unknown ones. */
    static TensorShape shape(@Nullable Object value) {
        return switch (value) {
            case null -> TensorShape.UNKNOWN;
            case TensorShape shape -> shape;
            case List<?> dims ->
                    TensorShape.of(
                            dims.stream()
                                    .mapToInt(dim ->
                                            dim == null ? Shape.UNKNOWN : ((Long) dim).intValue())
                                    .toArray());
            default -> throw new Unsupported("the shape " + value);
        };
    }

    @Override
    public @Nullable Object call(String method, List<@Nullable Object> arguments) {
        var first = arguments.isEmpty() ? null : arguments.get(0);
        return switch (method) {
            case "size" -> Tensor.of(queue.size());
            case "is_closed" -> Tensor.of(queue.isClosed());
            case "dtypes" -> queue.components().stream().map(Component::dtype).toList();
            case "shapes" -> queue.components().stream().map(Component::shape).toList();
            case "names" ->
                    named ? queue.components().stream().map(Component::name).toList() : null;
            case "close" -> {
                queue.close(Boolean.TRUE.equals(first));
                yield null;
            }
            case "enqueue" -> {
                queue.enqueue(element(first));
                yield null;
            }
            case "enqueue_many" -> {
                queue.enqueueMany(element(first));
                yield null;
            }
            case "dequeue" -> out(queue.dequeue());
            case "dequeue_many" -> out(queue.dequeueMany(count(first)));
            case "dequeue_up_to" -> out(queue.dequeueUpTo(count(first)));
            case "drain" -> {
                var rows = new ArrayList<@Nullable Object>();
                for (int i = count(first); i > 0; i--) {
                    var element = queue.dequeue();
                    drawn.add(element);
                    rows.add(element);
                }
                yield rows;
            }
            default -> throw new Unsupported("the method " + method + " of queues");
        };
    }

    private static int count(@Nullable Object value) {
        return Math.toIntExact((Long) Objects.requireNonNull(value));
    }

    private Tensor[] element(@Nullable Object value) {
        var a = new TfArguments("enqueue", Map.of());
        var parts =
                switch (value) {
                    case Map<?, ?> map -> {
                        if (!named || map.size() != queue.components().size()) {
                            throw new TensorException(
                                    "queue: other components than " + map.keySet());
                        }
                        yield queue.components().stream().map(c -> map.get(c.name())).toList();
                    }
                    case List<?> list -> list;
                    case null, default -> Arrays.asList(value);
                };
        if (parts.size() != queue.components().size() || named != value instanceof Map) {
            throw new TensorException("queue: " + parts.size() + " components");
        }
        var tensors = new Tensor[parts.size()];
        for (int i = 0; i < tensors.length; i++) {
            tensors[i] = a.convert(parts.get(i), queue.components().get(i).dtype());
        }
        return tensors;
    }

    private Object out(List<Tensor> element) {
        return named ? queue.named(element) : element.size() == 1 ? element.get(0) : element;
    }

    /**
     * Of a shuffle queue only what came out, not in which order, and that only once it is empty.
     */
    @Override
    public void check(
            Comparison comparison,
            String where,
            @Nullable Object got,
            Map<String, @Nullable Object> event)
            throws Exception {
        if (!event.containsKey("out_count")) {
            EventCases.Subject.super.check(comparison, where, got, event);
            return;
        }
        int count = ((Number) Objects.requireNonNull(event.get("out_count"))).intValue();
        if (!"drain".equals(event.get("call"))) {
            var parts = got instanceof List<?> list ? list : List.of(Objects.requireNonNull(got));
            for (int row = 0; row < count; row++) {
                int at = row;
                drawn.add(parts.stream().map(part -> ((Tensor) part).get(at)).toList());
            }
        }
        if (event.get("out_multiset") instanceof List<?> wanted) {
            compare(comparison, where, wanted);
            drawn.clear();
        }
    }

    private void compare(Comparison comparison, String where, List<?> wanted) {
        var left = new ArrayList<>(drawn);
        for (var element : wanted) {
            var expected = Values.results().decode(element);
            boolean found =
                    left.removeIf(
                            new java.util.function.Predicate<>() {
                                private boolean taken;

                                @Override
                                public boolean test(List<Tensor> candidate) {
                                    if (taken) {
                                        return false;
                                    }
                                    try {
                                        comparison.check(where, candidate, expected);
                                        taken = true;
                                    } catch (Mismatch other) {
                                        return false;
                                    }
                                    return true;
                                }
                            });
            if (!found) {
                throw new Mismatch(where + ": " + expected + " did not come out");
            }
        }
        if (!left.isEmpty()) {
            throw new Mismatch(where + ": " + left + " came out, too");
        }
    }
}
