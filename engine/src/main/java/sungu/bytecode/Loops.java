package sungu.bytecode;

import sungu.tensor.HostTensor;

/** The emitted methods of one program, by number. They keep nothing and may run in any thread. */
public interface Loops {
    /**
     * Runs a method.
     *
     * @param inputs the operands of the nest begin at {@code input}
     * @param outputs its results begin at {@code output}
     * @param scratch arrays as {@link Method#scratch} makes them; no two threads may share them
     * @param from the first index of a method that {@linkplain Method#splits splits}; others ignore
     *     it
     * @param to the index after the last
     */
    void run(
            int method,
            HostTensor[] inputs,
            int input,
            HostTensor[] outputs,
            int output,
            Object[] scratch,
            int from,
            int to);
}
