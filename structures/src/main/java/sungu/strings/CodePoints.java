package sungu.strings;

import sungu.tensor.TensorException;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/**
 * Characters in bytes of some encoding. Malformed bytes are split as Unicode recommends: the
 * longest beginning of a character that could still have been right counts as one.
 */
@FunctionalInterface
interface CodePoints {
    /** What stands for malformed bytes. */
    int MALFORMED = -1;

    /** Takes the characters of a string in turn. */
    @FunctionalInterface
    interface Sink {
        /**
         * @param codePoint the character, or {@link #MALFORMED}
         * @param offset where it begins in the bytes
         */
        void accept(int codePoint, int offset);
    }

    /** Hands out the characters of {@code s}. */
    void read(byte[] s, Sink sink);

    /** The characters of an encoding: UTF-8, UTF-16-BE, UTF-32-BE or any that Java knows. */
    static CodePoints of(String encoding) {
        return switch (encoding) {
            case "UTF-8" -> CodePoints::utf8;
            case "UTF-16-BE" -> CodePoints::utf16;
            case "UTF-32-BE" -> CodePoints::utf32;
            default -> other(encoding);
        };
    }

    private static CodePoints other(String encoding) {
        Charset charset;
        try {
            charset = Charset.forName(encoding);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new TensorException(
                    "unicode: no such encoding '" + encoding + "'",
                    "encodings have their IANA names, such as UTF-8 or ISO-8859-1");
        }
        return (s, sink) -> decode(charset, s, sink);
    }

    /** The string, with U+FFFD for what is malformed. */
    static String utf8(byte[] s) {
        var text = new StringBuilder(s.length);
        utf8(s, (c, at) -> text.appendCodePoint(c == MALFORMED ? 0xfffd : c));
        return text.toString();
    }

    /** A string's bytes in UTF-8. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void utf8(byte[] s, Sink sink) {
        int i = 0;
        while (i < s.length) {
            int first = s[i] & 0xff;
            int more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
            if (first >= 0x80 && first < 0xc2 || first > 0xf4) {
                sink.accept(MALFORMED, i++);
                continue;
            }
            // Second bytes that overlong forms, surrogates and numbers beyond U+10FFFF would have.
            int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
            int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
            int code = more == 0 ? first : first & 0x3f >> more;
            int taken = 1;
            for (; taken <= more && i + taken < s.length; taken++) {
                int next = s[i + taken] & 0xff;
                if (next < low || next > high) {
                    break;
                }
                code = code << 6 | next & 0x3f;
                low = 0x80;
                high = 0xbf;
            }
            sink.accept(taken > more ? code : MALFORMED, i);
            i += taken;
        }
    }

    private static void utf16(byte[] s, Sink sink) {
        int i = 0;
        while (i < s.length) {
            int taken = Math.min(2, s.length - i);
            int code = MALFORMED;
            if (taken == 2) {
                char unit = (char) unsigned(s, i, 2);
                if (!Character.isSurrogate(unit)) {
                    code = unit;
                } else if (Character.isHighSurrogate(unit) && i + 4 <= s.length) {
                    char low = (char) unsigned(s, i + 2, 2);
                    if (Character.isLowSurrogate(low)) {
                        code = Character.toCodePoint(unit, low);
                        taken = 4;
                    }
                }
            }
            sink.accept(code, i);
            i += taken;
        }
    }

    private static void utf32(byte[] s, Sink sink) {
        for (int i = 0; i < s.length; i += 4) {
            long code = i + 4 <= s.length ? unsigned(s, i, 4) : MALFORMED;
            boolean right = code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
            sink.accept(right ? (int) code : MALFORMED, i);
        }
    }

    private static long unsigned(byte[] s, int at, int width) {
        long out = 0;
        for (int i = at; i < at + width; i++) {
            out = out << 8 | s[i] & 0xff;
        }
        return out;
    }

    /**
     * Feeds Java's decoder one character's worth of bytes at a time, to learn where each begins.
     */
    private static void decode(Charset charset, byte[] s, Sink sink) {
        var decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        boolean windows = charset.name().equals("windows-1252");
        var in = ByteBuffer.wrap(s);
        var out = CharBuffer.allocate(8);
        in.limit(0);
        int start = 0;
        while (start < s.length) {
            in.limit(Math.min(s.length, in.limit() + 1));
            var result = decoder.decode(in, out, in.limit() == s.length);
            if (result.isError()) {
                // Windows leaves five bytes of this page open; they stand for the C1 controls.
                boolean control = windows && result.isUnmappable();
                sink.accept(control ? s[start] & 0xff : MALFORMED, start);
                in.position(Math.min(s.length, start + Math.max(1, result.length())));
                in.limit(in.position());
                decoder.reset();
                out.clear();
                start = in.position();
            } else if (out.position() > 0) {
                out.flip();
                int at = start;
                out.codePoints().forEach(c -> sink.accept(c, at));
                out.clear();
                start = in.position();
            } else if (in.limit() == s.length) {
                return;
            }
        }
    }
}
