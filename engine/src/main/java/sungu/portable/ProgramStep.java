package sungu.portable;

import sungu.tensor.HostTensor;

/** One step of a program, made ready for one arena. */
interface ProgramStep {
    /** Computes the outputs; the arrays are those of the arena and are not kept. */
    void run(HostTensor[] inputs, HostTensor[] outputs);
}
