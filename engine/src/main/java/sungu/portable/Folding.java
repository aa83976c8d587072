package sungu.portable;

import sungu.tensor.HostTensor;

/** Folds a register over the rows of a chunk, block by block. */
sealed interface Folding permits ElementFolding, DeviationFolding {
    /** Forgets the chunk before. */
    void begin();

    /** Takes in a block that begins at a column. */
    void add(HostTensor block, int column);

    /** Writes what the chunk comes to as row {@code chunk} of {@code parts}. */
    void end(HostTensor parts, int chunk);
}
