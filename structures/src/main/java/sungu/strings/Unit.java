package sungu.strings;

/** What lengths and positions in strings count. */
public enum Unit {
    BYTE,
    /** Characters of UTF-8: every byte but continuation bytes begins one. */
    UTF8_CHAR;

    /** The offset of the character after the one that begins at {@code at}. */
    static int next(byte[] s, int at) {
        int i = at + 1;
        while (i < s.length && isContinuation(s[i])) {
            i++;
        }
        return i;
    }

    static boolean isContinuation(byte b) {
        return (b & 0xc0) == 0x80;
    }

    /** How many units a string has. */
    int length(byte[] s) {
        if (this == BYTE) {
            return s.length;
        }
        int count = 0;
        for (byte b : s) {
            count += isContinuation(b) ? 0 : 1;
        }
        return count;
    }
}
