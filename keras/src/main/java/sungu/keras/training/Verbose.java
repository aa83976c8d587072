package sungu.keras.training;

import sungu.tensor.TensorException;

/** What training prints. */
public enum Verbose {
    /** Nothing. */
    SILENT,
    /** A progress bar that is redrawn on a terminal; a line per epoch elsewhere. */
    BAR,
    /** A line per epoch. */
    LINES,
    /** A progress bar on a terminal, a line per epoch elsewhere. */
    AUTO;

    /** Keras' numbers: 0 nothing, 1 a bar, 2 a line per epoch. */
    public static Verbose of(int level) {
        return switch (level) {
            case 0 -> SILENT;
            case 1 -> BAR;
            case 2 -> LINES;
            default -> throw new TensorException("verbose must be 0, 1 or 2, got " + level);
        };
    }
}
