package sungu.queue;

import org.jspecify.annotations.Nullable;

import sungu.ops.Movements;
import sungu.queue.QueueException.Reason;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorShape;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A queue of tensors between threads. An element is one tensor for each component; elements go in
 * and come out alone or many at a time, along a new first dimension.
 *
 * <p>A full queue makes enqueuing wait and an empty one dequeuing, until there is room or an
 * element, the time given is over, the thread is interrupted or the queue is closed. Threads are
 * served in the order in which they came. A call that fails takes nothing out; one that puts many
 * in may have put in some. Queues belong to eager code: they hold values.
 */
public final class TensorQueue {
    private final String kind;
    private final List<Component> components;
    private final Store store;
    private final int capacity;
    private final int reserve;
    private final boolean pads;

    /** Held by the one call that puts in, and by the one that takes out. */
    private final ReentrantLock givers = new ReentrantLock(true);

    private final ReentrantLock takers = new ReentrantLock(true);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Calls to enqueue that began before the queue was closed and are not over. */
    private int pending;

    private boolean closed;
    private boolean cancelled;

    private TensorQueue(
            String kind,
            Store store,
            int capacity,
            int reserve,
            boolean pads,
            List<Component> components) {
        if (components.isEmpty()) {
            throw new TensorException(kind + ": an element needs at least one component");
        }
        var names = components.stream().map(Component::name).distinct().toList();
        if (names.size() > 1 && (names.size() < components.size() || names.contains(""))) {
            throw new TensorException(
                    kind + ": all components need names of their own, or none: " + components);
        }
        for (var component : components) {
            if (pads ? !component.shape().hasRank() : isPartial(component.shape())) {
                throw new TensorException(
                        kind + ": the shape of " + component + " is not known",
                        "a padding queue takes unknown dimensions, but no unknown ranks");
            }
        }
        this.kind = kind;
        this.store = store;
        this.capacity = capacity < 0 ? Integer.MAX_VALUE : capacity;
        this.reserve = reserve;
        this.pads = pads;
        this.components = List.copyOf(components);
    }

    private static boolean isPartial(TensorShape shape) {
        return shape.hasRank() && !shape.isFullyDefined();
    }

    /**
     * A queue whose elements come out in the order in which they came.
     *
     * @param capacity how many elements it holds; negative for any number
     */
    public static TensorQueue fifo(int capacity, Component... components) {
        return new TensorQueue(
                "FIFO queue", new Store.Fifo(), capacity, 0, false, List.of(components));
    }

    /**
     * A first-in first-out queue whose elements may differ in unknown dimensions: those taken
     * together are filled up with zeros to the largest.
     */
    public static TensorQueue paddingFifo(int capacity, Component... components) {
        return new TensorQueue(
                "padding FIFO queue", new Store.Fifo(), capacity, 0, true, List.of(components));
    }

    /**
     * A queue out of which the element with the smallest priority comes first, of equal ones that
     * which came first. The priority, an int64 scalar, stands before the components.
     */
    public static TensorQueue priority(int capacity, Component... components) {
        if (components.length == 0) {
            throw new TensorException(
                    "priority queue: an element needs a component beside its priority");
        }
        var all = new ArrayList<>(List.of(components));
        all.addFirst(Component.of(DType.INT64, new int[0]));
        return new TensorQueue("priority queue", new Store.Priority(), capacity, 0, false, all);
    }

    /**
     * A queue out of which elements come by chance.
     *
     * @param reserve how many elements stay in it, to be mixed with, until it is closed
     * @param seed the same seed gives the same order
     */
    public static TensorQueue shuffle(
            int capacity, int reserve, long seed, Component... components) {
        if (reserve < 0 || capacity >= 0 && reserve >= capacity) {
            throw new TensorException(
                    "shuffle queue: the reserve must be at least 0 and below the capacity "
                            + capacity
                            + ", got "
                            + reserve);
        }
        return new TensorQueue(
                "shuffle queue",
                new Store.Shuffle(seed),
                capacity,
                reserve,
                false,
                List.of(components));
    }

    /** The components of its elements. */
    public List<Component> components() {
        return components;
    }

    /** How many elements wait in it. */
    public int size() {
        lock.lock();
        try {
            return store.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it takes no more elements. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more elements; calls that wait for room may still finish. */
    public void close() {
        close(false);
    }

    /**
     * Takes no more elements. What waits in it can still be taken out.
     *
     * @param cancel whether calls that wait for room fail, too
     * @throws QueueException if it is closed already and this would change nothing
     */
    public void close(boolean cancel) {
        lock.lock();
        try {
            if (pending == 0 || cancelled || !cancel) {
                refuseIfClosed();
            }
            closed = true;
            cancelled |= cancel;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // ---- in
    // -------------------------------------------------------------------------------------------------------------------

    /** Puts an element in, waiting as long as it takes. */
    public void enqueue(Tensor... element) {
        put(List.<Tensor[]>of(checked(element, false)), null);
    }

    /** Puts an element in, waiting for some time at most. */
    public void enqueue(Duration wait, Tensor... element) {
        put(List.<Tensor[]>of(checked(element, false)), wait);
    }

    /** Puts an element in that is given by the names of its components. */
    public void enqueue(Map<String, Tensor> element) {
        enqueue(byName(element));
    }

    /**
     * Puts many elements in, one after the other: each tensor has them along its first dimension.
     *
     * @throws QueueException if the queue is closed, or cancelled on the way
     */
    public void enqueueMany(Tensor... elements) {
        put(rows(elements), null);
    }

    /** Puts many elements in, waiting for some time at most. */
    public void enqueueMany(Duration wait, Tensor... elements) {
        put(rows(elements), wait);
    }

    /** Puts many elements in that are given by the names of their components. */
    public void enqueueMany(Map<String, Tensor> elements) {
        enqueueMany(byName(elements));
    }

    private Tensor[] byName(Map<String, Tensor> element) {
        var ordered = new Tensor[components.size()];
        for (int i = 0; i < ordered.length; i++) {
            var tensor = element.get(components.get(i).name());
            if (tensor == null || element.size() != ordered.length) {
                throw new TensorException(
                        kind
                                + ": elements have the components "
                                + components
                                + ", got "
                                + element.keySet());
            }
            ordered[i] = tensor;
        }
        return ordered;
    }

    private Tensor[] checked(Tensor[] element, boolean many) {
        boolean fits = element.length == components.size();
        var values = new Tensor[element.length];
        for (int i = 0; fits && i < element.length; i++) {
            var shape = element[i].shape();
            fits =
                    element[i].dtype() == components.get(i).dtype()
                            && (!many || shape.rank() > 0 && shape.dim(0) == rows(element[0]))
                            && components
                                    .get(i)
                                    .shape()
                                    .isCompatibleWith(
                                            new TensorShape(many ? shape.remove(0) : shape));
            values[i] = element[i].host();
        }
        if (!fits) {
            throw new TensorException(
                    kind
                            + ": elements are "
                            + components
                            + ", got "
                            + (many ? "rows of " : "")
                            + Arrays.stream(element).map(Tensor::type).toList());
        }
        return values;
    }

    private static int rows(Tensor tensor) {
        return tensor.rank() == 0 ? -1 : tensor.shape().dim(0);
    }

    private List<Tensor[]> rows(Tensor[] elements) {
        var values = checked(elements, true);
        var rows = new ArrayList<Tensor[]>();
        for (int i = 0; i < rows(values[0]); i++) {
            rows.add(new Tensor[values.length]);
        }
        for (int i = 0; i < values.length; i++) {
            var slices = Movements.unstack(values[i], 0);
            for (int row = 0; row < rows.size(); row++) {
                rows.get(row)[i] = slices.get(row);
            }
        }
        return rows;
    }

    private void put(List<Tensor[]> elements, @Nullable Duration wait) {
        lock.lock();
        try {
            refuseIfClosed();
            pending++;
        } finally {
            lock.unlock();
        }
        var clock = new Clock(wait);
        try {
            clock.enter(givers);
            try {
                fill(elements, clock);
            } finally {
                givers.unlock();
            }
        } finally {
            lock.lock();
            try {
                pending--;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void fill(List<Tensor[]> elements, Clock clock) {
        lock.lock();
        try {
            for (var element : elements) {
                while (store.size() >= capacity) {
                    if (cancelled) {
                        throw new QueueException(Reason.CLOSED, kind + ": closed while waiting");
                    }
                    clock.await(changed);
                }
                store.add(element);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new QueueException(Reason.CLOSED, kind + ": it is closed");
        }
    }

    // ---- out
    // ------------------------------------------------------------------------------------------------------------------

    /** Takes an element out, one tensor for each component, waiting as long as it takes. */
    public List<Tensor> dequeue() {
        return List.of(take(1, false, null).getFirst());
    }

    /** Takes an element out, waiting for some time at most. */
    public List<Tensor> dequeue(Duration wait) {
        return List.of(take(1, false, wait).getFirst());
    }

    /** Takes that many elements out, along a new first dimension. */
    public List<Tensor> dequeueMany(int count) {
        return stacked(count, false, null);
    }

    /** Takes that many elements out, waiting for some time at most. */
    public List<Tensor> dequeueMany(int count, Duration wait) {
        return stacked(count, false, wait);
    }

    /** As {@link #dequeueMany}, but of a closed queue the rest if that is less. */
    public List<Tensor> dequeueUpTo(int count) {
        return stacked(count, true, null);
    }

    /** As {@link #dequeueUpTo(int)}, waiting for some time at most. */
    public List<Tensor> dequeueUpTo(int count, Duration wait) {
        return stacked(count, true, wait);
    }

    /** An element or elements that came out, by the names of the components. */
    public Map<String, Tensor> named(List<Tensor> element) {
        var named = new LinkedHashMap<String, Tensor>();
        for (int i = 0; i < components.size(); i++) {
            named.put(components.get(i).name(), element.get(i));
        }
        return named;
    }

    private List<Tensor> stacked(int count, boolean upTo, @Nullable Duration wait) {
        if (count < 0) {
            throw new TensorException(kind + ": can't take " + count + " elements");
        }
        for (var component : components) {
            if (!component.shape().hasRank()) {
                throw new TensorException(
                        kind + ": the shape of " + component + " is not known",
                        "elements of any shape can only be taken one at a time");
            }
        }
        var taken = take(count, upTo, wait);
        var stacks = new ArrayList<Tensor>(components.size());
        for (int i = 0; i < components.size(); i++) {
            int at = i;
            stacks.add(stack(taken.stream().map(element -> element[at]).toList(), i));
        }
        return stacks;
    }

    private Tensor stack(List<Tensor> tensors, int number) {
        var dims = components.get(number).shape().dims();
        for (int axis = 0; axis < dims.length; axis++) {
            int at = axis;
            dims[axis] =
                    dims[axis] >= 0
                            ? dims[axis]
                            : tensors.stream().mapToInt(t -> t.shape().dim(at)).max().orElse(0);
        }
        var shape = Shape.of(dims);
        if (tensors.isEmpty()) {
            return Tensor.zeros(shape.insert(0, 0), components.get(number).dtype());
        }
        return Movements.stack(
                pads ? tensors.stream().map(t -> pad(t, shape)).toList() : tensors, 0);
    }

    private static Tensor pad(Tensor x, Shape shape) {
        var after = shape.dims();
        for (int axis = 0; axis < after.length; axis++) {
            after[axis] -= x.shape().dim(axis);
        }
        var zero = Tensor.zeros(Shape.SCALAR, x.dtype());
        return x.shape().equals(shape) ? x : Movements.pad(x, new int[after.length], after, zero);
    }

    private List<Tensor[]> take(int count, boolean upTo, @Nullable Duration wait) {
        var clock = new Clock(wait);
        clock.enter(takers);
        try {
            return drain(count, upTo, clock);
        } finally {
            takers.unlock();
        }
    }

    /**
     * Takes what is there as it comes, so that more can be taken than the queue holds at a time.
     */
    private List<Tensor[]> drain(int count, boolean upTo, Clock clock) {
        var taken = new ArrayList<Tensor[]>(Math.min(count, 1024));
        lock.lock();
        try {
            while (taken.size() < count) {
                boolean over = closed && (pending == 0 || cancelled);
                if (store.size() > (over ? 0 : reserve)) {
                    taken.add(store.take());
                    changed.signalAll();
                } else if (over && upTo && !taken.isEmpty()) {
                    break;
                } else if (over) {
                    throw new QueueException(
                            Reason.EXHAUSTED,
                            kind
                                    + ": closed, and "
                                    + taken.size()
                                    + " elements are left where "
                                    + count
                                    + " are wanted");
                } else {
                    clock.await(changed);
                }
            }
            return taken;
        } catch (QueueException e) {
            store.restore(taken);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** How long a call may still wait. */
    private final class Clock {
        private final long end;
        private final boolean limited;

        Clock(@Nullable Duration wait) {
            limited = wait != null;
            end = wait == null ? 0 : System.nanoTime() + wait.toNanos();
        }

        private long left() {
            return end - System.nanoTime();
        }

        void enter(ReentrantLock turn) {
            try {
                if (!limited) {
                    turn.lockInterruptibly();
                } else if (!turn.tryLock(left(), TimeUnit.NANOSECONDS)) {
                    throw timeout();
                }
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }

        /** One wait of a loop; the caller looks again at what it waits for. */
        @SuppressWarnings("WaitNotInLoop")
        void await(Condition condition) {
            try {
                if (!limited) {
                    condition.await();
                } else if (condition.awaitNanos(left()) <= 0) {
                    throw timeout();
                }
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }

        private QueueException timeout() {
            return new QueueException(Reason.TIMEOUT, kind + ": the time to wait is over");
        }

        private QueueException interrupted() {
            Thread.currentThread().interrupt();
            return new QueueException(Reason.INTERRUPTED, kind + ": interrupted while waiting");
        }
    }
}
