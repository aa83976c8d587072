package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Shape;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The shapes that follow from the equation of an {@link EinsumDense}.
 *
 * @param bias null for none
 */
record EinsumShapes(Shape kernel, @Nullable Shape bias) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(\\.{3})?([a-zA-Z]+)(\\.{3})?,([a-zA-Z]+)->(\\.{3})?([a-zA-Z]+)(\\.{3})?");

    /**
     * Finds the shapes.
     *
     * @param output the output's dimensions after the first; null for those of the input
     * @throws TensorException if the equation has another form or does not fit the shapes
     */
    static EinsumShapes of(
            String equation,
            @Nullable String biasAxes,
            Shape input,
            List<@Nullable Integer> output) {
        var match = FORM.matcher(equation.replace(" ", ""));
        boolean fits = match.matches();
        boolean before = fits && match.group(1) != null;
        boolean after = fits && match.group(3) != null;
        if (!fits
                || before && after
                || before != (match.group(5) != null)
                || after != (match.group(7) != null)) {
            throw new TensorException(
                    "EinsumDense: argument 'equation' must have the form 'ab,bc->ac',"
                            + " '...ab,bc->...ac' or 'ab...,bc->ac...', got '"
                            + equation
                            + "'");
        }
        var in = match.group(2);
        var weight = match.group(4);
        var out = match.group(6);
        int elided = input.rank() - in.length();
        if (elided < 0 || elided > 0 && !before && !after) {
            throw new TensorException(
                    "the equation '" + equation + "' does not fit an input of shape " + input);
        }
        var full = new ArrayList<@Nullable Integer>(output);
        full.addFirst(known(input.dim(0)));
        for (int i = 0; i < elided; i++) {
            if (before && i > 0) {
                full.add(1, known(input.dim(i)));
            } else if (after) {
                full.add(known(input.dim(input.rank() - elided + i)));
            }
        }
        int shift = before ? elided : 0;
        if (full.size() - elided != out.length()) {
            throw new TensorException(
                    "argument 'output_shape' "
                            + output
                            + " does not fit the equation '"
                            + equation
                            + "' and an input of shape "
                            + input);
        }
        var sizes = new HashMap<Character, @Nullable Integer>();
        for (int i = 0; i < out.length(); i++) {
            sizes.put(out.charAt(i), full.get(i + shift));
        }
        for (int i = 0; i < in.length(); i++) {
            var size = known(input.dim(i + shift));
            var said = sizes.get(in.charAt(i));
            if (size != null && said != null && !size.equals(said)) {
                throw new TensorException(
                        "dimension '"
                                + in.charAt(i)
                                + "' is "
                                + size
                                + " in the input and "
                                + said
                                + " in argument 'output_shape'");
            }
            sizes.put(in.charAt(i), size != null ? size : said);
        }
        for (int i = 0; i < out.length(); i++) {
            char letter = out.charAt(i);
            if (in.indexOf(letter) < 0 && weight.indexOf(letter) < 0) {
                throw new TensorException(
                        "dimension '" + letter + "' of the output is in neither operand");
            }
        }
        return new EinsumShapes(
                kernel(weight, sizes),
                biasAxes == null ? null : bias(biasAxes, out, sizes, before ? 0 : elided));
    }

    private static @Nullable Integer known(int dim) {
        return dim < 0 ? null : (Integer) dim;
    }

    private static int size(char letter, Map<Character, @Nullable Integer> sizes) {
        var size = sizes.get(letter);
        if (size == null) {
            throw new TensorException("the size of dimension '" + letter + "' is not known");
        }
        return size;
    }

    private static Shape kernel(String weight, Map<Character, @Nullable Integer> sizes) {
        return Shape.of(weight.chars().map(letter -> size((char) letter, sizes)).toArray());
    }

    /** Ones for dimensions of the output without a bias, behind the first one with a bias. */
    private static Shape bias(
            String axes, String out, Map<Character, @Nullable Integer> sizes, int trailing) {
        int first = out.length();
        for (int i = 0; i < axes.length(); i++) {
            char letter = axes.charAt(i);
            int position = out.indexOf(letter);
            if (position < 0) {
                throw new TensorException(
                        "argument 'bias_axes': dimension '"
                                + letter
                                + "' is not in the output '"
                                + out
                                + "'");
            }
            first = Math.min(first, position);
        }
        var dims = new int[out.length() - first + trailing];
        Arrays.fill(dims, 1);
        for (int i = first; i < out.length(); i++) {
            if (axes.indexOf(out.charAt(i)) >= 0) {
                dims[i - first] = size(out.charAt(i), sizes);
            }
        }
        return Shape.of(dims);
    }
}
