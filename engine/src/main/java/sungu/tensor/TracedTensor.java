package sungu.tensor;

import org.jspecify.annotations.Nullable;

import sungu.graph.Value;
import sungu.trace.Trace;

/**
 * A value of a function while it is traced: it stands for a {@link Value} of the trace's graph and
 * has no elements yet.
 */
public final class TracedTensor extends Tensor {
    private final Trace trace;
    private final Value value;
    private final @Nullable Tensor mask;

    /** The tensor that stands for a value of the trace's graph. */
    public TracedTensor(Trace trace, Value value) {
        this(trace, value, null);
    }

    private TracedTensor(Trace trace, Value value, @Nullable Tensor mask) {
        super(value.type());
        this.trace = trace;
        this.value = value;
        this.mask = mask;
    }

    /** The trace that this tensor belongs to. */
    public Trace trace() {
        return trace;
    }

    /** The value of the trace's graph that this tensor stands for. */
    public Value value() {
        return value;
    }

    @Override
    public Object identity() {
        return value;
    }

    @Override
    public @Nullable Tensor mask() {
        return mask;
    }

    @Override
    public Tensor withMask(@Nullable Tensor newMask) {
        return new TracedTensor(trace, value, newMask);
    }

    @Override
    public HostTensor host() {
        throw Trace.readOfTracedValue(type());
    }

    @Override
    public String toString() {
        return "TracedTensor(%" + value.id() + ": " + type() + ")";
    }
}
