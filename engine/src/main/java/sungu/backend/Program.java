package sungu.backend;

import sungu.tensor.HostTensor;

/** A graph made ready to run. */
public interface Program {
    /**
     * Runs the program on inputs of the graph's types; the outputs are new and nobody else holds
     * them.
     */
    HostTensor[] run(HostTensor... inputs);

    /**
     * Runs the program into given outputs, whose contents before do not matter and whose arrays are
     * neither those of arguments nor of each other.
     */
    void run(HostTensor[] arguments, HostTensor[] outputs);

    /** How often this program has run, for tests and profiles. */
    long runs();

    /** A stage as text; the last one before it where this backend lacks that stage. */
    String text(Stage stage);
}
