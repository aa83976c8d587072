package sungu.kernel;

import sungu.primitive.Convolution;
import sungu.tensor.Shape;

/**
 * Sizes that the loops of a convolution need; channels and filters are those of one group.
 *
 * @param map where taps lie
 */
record ConvolutionSizes(WindowMap map, int batch, int groups, int channels, int filters) {
    /** A product: indices of the input, and of the first filter's output and weight. */
    interface Product {
        void add(int input, int output, int weight);
    }

    static ConvolutionSizes of(Convolution convolution, Shape x, Shape kernel, Shape out) {
        int groups = convolution.groups();
        return new ConvolutionSizes(
                new WindowMap(convolution.window(kernel), x, out),
                x.dim(0),
                groups,
                kernel.dim(-2),
                kernel.dim(-1) / groups);
    }

    int windows() {
        return batch * map.outputs;
    }

    /** Weights of a filter. */
    int columns() {
        return map.taps * channels;
    }

    int inputRow() {
        return groups * channels;
    }

    int outputRow() {
        return groups * filters;
    }

    /** How many nanoseconds so many windows take at least. */
    long nanos(int windows) {
        return (long) windows * columns() * outputRow() / 100;
    }

    /** Visits what some windows see, one input element after the other, for all filters at once. */
    void products(int from, int to, Product product) {
        var taps = new int[map.taps];
        for (int w = from; w < to; w++) {
            map.taps(w % map.outputs, taps);
            int start = w / map.outputs * map.inputs;
            for (int g = 0; g < groups; g++) {
                for (int t = 0; t < taps.length; t++) {
                    for (int c = 0; taps[t] >= 0 && c < channels; c++) {
                        product.add(
                                (start + taps[t]) * inputRow() + g * channels + c,
                                w * outputRow() + g * filters,
                                (t * channels + c) * outputRow() + g * filters);
                    }
                }
            }
        }
    }
}
