package sungu.compile;

/**
 * Makes kernels of loop nests, such as machine code. Emitters are found by {@link
 * java.util.ServiceLoader}. They are asked for {@linkplain Nest#flat flat} nests over one loop; the
 * others, and nests that none supports, run portably.
 *
 * <p>The contract: a kernel gives what the reference kernels of the instructions give one after the
 * other - integers exactly, floats within the tolerance that the emitter states - and the same bits
 * for an element wherever it stands and whatever the length is.
 */
public interface KernelEmitter {
    /** A nest made ready to run. It may run in many threads at once. */
    interface Kernel {
        /**
         * Runs the nest over {@code count} indexes from {@code from} on.
         *
         * @param operands the storage arrays of the operands; those of scalars have one element
         * @param results the storage arrays of the results
         */
        void run(Object[] operands, Object[] results, int from, int count);
    }

    /** The name, for dumps and {@code sungu doctor}. */
    String name();

    /** Whether this emitter can make a kernel of a nest here. */
    boolean supports(Nest nest);

    /**
     * Makes the kernel of a nest that is supported. It is called once per nest of a program; equal
     * nests may get the same kernel.
     */
    Kernel emit(Nest nest);
}
