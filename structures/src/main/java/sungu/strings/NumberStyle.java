package sungu.strings;

import sungu.tensor.TensorException;

/**
 * How numbers are written, as by C's {@code printf}. Values are made by changing {@link #PLAIN}.
 *
 * @param precision digits behind the point (significant ones if {@code shortest}); -1 for 6
 * @param scientific with an exponent: {@code 1.500000e+00}
 * @param shortest without zeros at the end, with an exponent if that is shorter
 * @param width the number of characters at least; -1 for as many as needed
 * @param fill a flag of {@code printf}: {@code '0'} fills up with zeros, {@code '-'} with blanks at
 *     the end, {@code '+'} and {@code ' '} write this sign before positive numbers, {@code '#'}
 *     keeps the point; {@link #NO_FLAG} for none
 */
public record NumberStyle(
        int precision, boolean scientific, boolean shortest, int width, char fill) {
    /** Stands for no flag. */
    public static final char NO_FLAG = '\0';

    /** Six digits behind the point, as wide as needed. */
    public static final NumberStyle PLAIN = new NumberStyle(-1, false, false, -1, NO_FLAG);

    public NumberStyle {
        if ("\0 +-0#".indexOf(fill) < 0) {
            throw new TensorException(
                    "asString: can't fill with '" + fill + "'", "the flags are ' ' + - 0 and #");
        }
    }

    /** The same with another number of digits. */
    public NumberStyle precision(int digits) {
        return new NumberStyle(digits, scientific, shortest, width, fill);
    }

    /** The same, with an exponent or not. */
    public NumberStyle scientific(boolean on) {
        return new NumberStyle(precision, on, shortest, width, fill);
    }

    /** The same, in the shortest form or not. */
    public NumberStyle shortest(boolean on) {
        return new NumberStyle(precision, scientific, on, width, fill);
    }

    /** The same with another width. */
    public NumberStyle width(int characters) {
        return new NumberStyle(precision, scientific, shortest, characters, fill);
    }

    /** The same with another flag. */
    public NumberStyle fill(char flag) {
        return new NumberStyle(precision, scientific, shortest, width, flag);
    }
}
