package sungu.kernel;

import sungu.primitive.Window;
import sungu.tensor.Shape;

/**
 * Where the taps of windows lie: per axis a table from output index and tap to input index,
 * combined on demand.
 */
final class WindowMap {
    /** Input positions, all spatial dimensions together. */
    final int inputs;

    /** Output positions. */
    final int outputs;

    /** Taps of a window. */
    final int taps;

    private final int[] outDims;
    private final int[] size;

    /**
     * Per axis, at {@code output * size + tap}, the input index times its stride, or -1 for
     * padding.
     */
    private final int[][] tables;

    WindowMap(Window window, Shape input, Shape output) {
        int rank = window.rank();
        outDims = output.slice(1, rank + 1).dims();
        size = window.size().toArray();
        tables = new int[rank][];
        int stride = 1;
        int allTaps = 1;
        int allOutputs = 1;
        for (int i = rank - 1; i >= 0; i--) {
            int in = input.dim(i + 1);
            tables[i] = new int[outDims[i] * size[i]];
            for (int o = 0; o < outDims[i]; o++) {
                for (int k = 0; k < size[i]; k++) {
                    int at =
                            o * window.strides().get(i)
                                    + k * window.dilation().get(i)
                                    - window.low().get(i);
                    int gap = window.inputDilation().get(i);
                    boolean inside = at >= 0 && at % gap == 0 && at / gap < in;
                    tables[i][o * size[i] + k] = inside ? at / gap * stride : -1;
                }
            }
            stride *= in;
            allTaps *= size[i];
            allOutputs *= outDims[i];
        }
        inputs = stride;
        taps = allTaps;
        outputs = allOutputs;
    }

    /**
     * Fills in, per tap in row-major order, the input position that the window at an output
     * position sees; -1 for padding.
     */
    void taps(int output, int[] positions) {
        positions[0] = 0;
        int filled = 1;
        int block = outputs;
        int rest = output;
        for (int i = 0; i < size.length; i++) {
            block /= outDims[i];
            int row = rest / block * size[i];
            rest %= block;
            // From the back, so that each entry is read before it is overwritten by its own taps.
            for (int p = filled - 1; p >= 0; p--) {
                int base = positions[p];
                for (int k = size[i] - 1; k >= 0; k--) {
                    int step = tables[i][row + k];
                    positions[p * size[i] + k] = base < 0 || step < 0 ? -1 : base + step;
                }
            }
            filled *= size[i];
        }
    }
}
