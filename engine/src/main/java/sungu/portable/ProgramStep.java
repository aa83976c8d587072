package sungu.portable;

/**
 * One step of a program, made ready for one arena: it keeps the arrays of the tensors that it reads
 * and writes, in which the arena changes tensors from run to run. A run makes no objects.
 */
interface ProgramStep {
    /** Computes the outputs. */
    void run();
}
