package sungu.primitive;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * All primitives of the engine by label: what graph text is read back with. A test finds primitives
 * that have no line here.
 */
public final class Primitives {
    private static final Map<String, Class<? extends Primitive>> RECORDS = new LinkedHashMap<>();

    static {
        record("argmax", ArgReduce.class);
        record("argmin", ArgReduce.class);
        record("argsort", ArgSort.class);
        record("bitcast", Bitcast.class);
        record("broadcast", Broadcast.class);
        record("call", Call.class);
        record("cast", Cast.class);
        record("concat", Concatenation.class);
        record("cond", Conditional.class);
        record("constant", Literal.class);
        record("ctc_beam", CtcBeam.class);
        record("cumulative", Cumulative.class);
        record("convolution", Convolution.class);
        record("dot_general", DotGeneral.class);
        record("dynamic_slice", DynamicSlice.class);
        record("dynamic_update_slice", DynamicUpdateSlice.class);
        record("eigen", Eigen.class);
        record("fft", Fft.class);
        record("gather", Gather.class);
        record("iota", Iota.class);
        record("kernel_gradient", KernelGradient.class);
        record("matrix_factor", MatrixFactor.class);
        record("nonzero", NonZero.class);
        record("pad", Padding.class);
        record("random", RandomFill.class);
        record("random_sample", RandomSample.class);
        record("reduce", Reduce.class);
        record("reshape", Reshaping.class);
        record("reverse", Reverse.class);
        record("scan", Scan.class);
        record("scatter", Scatter.class);
        record("search_sorted", SearchSorted.class);
        record("slice", Slicing.class);
        record("stop_gradient", StopGradient.class);
        record("squared_deviations", SquaredDeviations.class);
        record("transpose", Transpose.class);
        record("unique", Unique.class);
        record("while", WhileLoop.class);
        record("while_gradient", WhileGradient.class);
        record("window_reduce", WindowReduce.class);
        record("window_scatter", WindowScatter.class);
        record("window_select", WindowSelect.class);
    }

    private Primitives() {}

    private static void record(String label, Class<? extends Primitive> type) {
        RECORDS.put(label, type);
    }

    /** The record class of a label; null if no record has it. */
    public static @Nullable Class<? extends Primitive> record(String label) {
        return RECORDS.get(label);
    }

    /** The scalar instruction of a label; null if there is none. */
    public static @Nullable Pointwise pointwise(String label) {
        try {
            return Pointwise.valueOf(label.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The labels of the primitives that are records. */
    public static Set<String> recordLabels() {
        return java.util.Collections.unmodifiableSet(RECORDS.keySet());
    }

    /** The classes of the primitives that are records. */
    public static Set<Class<? extends Primitive>> recordClasses() {
        return Set.copyOf(RECORDS.values());
    }
}
