package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.kernel.DotKernel.Layout;

/**
 * A float32 convolution over operands of known sizes, made ready once. It runs in one thread at a
 * time, which may share out the work.
 */
interface FloatConvolution {
    /**
     * Computes all windows.
     *
     * @param after gets ranges of finished elements, whole rows
     */
    void run(float[] x, float[] kernel, float[] out, Parallel.@Nullable Range after);

    /** The way that pays for these sizes. */
    static FloatConvolution of(ConvolutionSizes s, WindowPhase[] phases) {
        if (s.groups() > 1 && s.channels() == 1) {
            return new DepthwiseConvolution(s, phases);
        }
        if (s.groups() == 1 && s.map().taps == 1 && phases[0].same()) {
            var product =
                    new Gemm(
                            new Layout(0, s.channels(), 1, 0),
                            new Layout(0, s.filters(), 1, 0),
                            1,
                            s.windows(),
                            s.channels(),
                            s.filters());
            return (x, kernel, out, after) -> product.run(x, kernel, out, 0, after);
        }
        var packed = new PackedConvolution(s, phases);
        return packed.pays() ? packed : new GatheredConvolution(s);
    }
}
