package sungu.backend;

import sungu.tensor.HostTensor;

/** A graph made ready to run. */
public interface Program {
    /**
     * Runs the program on inputs of the graph's types; the outputs are new and nobody else holds
     * them.
     */
    HostTensor[] run(HostTensor... inputs);

    /** How often this program has run, for tests and profiles. */
    long runs();

    /** A stage as text; the last one before it where this backend lacks that stage. */
    String text(Stage stage);
}
