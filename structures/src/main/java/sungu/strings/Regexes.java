package sungu.strings;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.io.ByteArrayOutputStream;

/** Regular expressions of RE2 over the bytes of strings, read as UTF-8. */
final class Regexes {
    private Regexes() {}

    static Tensor fullMatch(Tensor x, String pattern) {
        var compiled = compile(pattern);
        return MapStrings.bind(
                "regex_full_match",
                DType.BOOL,
                (n, inputs, out) -> {
                    var strings = inputs[0].bytes();
                    for (int i = 0; i < n; i++) {
                        ((byte[]) out)[i] = (byte) (compiled.matcher(strings[i]).matches() ? 1 : 0);
                    }
                },
                MapStrings.strings("regexFullMatch", x));
    }

    static Tensor replace(Tensor x, String pattern, String rewrite, boolean global) {
        var compiled = compile(pattern);
        var bytes = CodePoints.bytes(rewrite);
        // RE2 leaves strings as they are when the rewrite names a group that is not there.
        boolean possible = highestGroup(bytes) <= compiled.groupCount();
        return MapStrings.bytes(
                "regex_replace", x, s -> possible ? replace(compiled, s, bytes, global) : s);
    }

    private static Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new TensorException(
                    "regex: '" + pattern + "' is no regular expression: " + e.getDescription(),
                    "the syntax is RE2's, which has neither back references nor look-around");
        }
    }

    private static byte[] replace(Pattern pattern, byte[] s, byte[] rewrite, boolean global) {
        var matcher = pattern.matcher(s);
        var out = new ByteArrayOutputStream(s.length);
        int done = 0;
        int last = -1;
        // From a position on: the engine's own next match may begin within a character.
        while (done <= s.length && matcher.find(done)) {
            int start = matcher.start();
            int end = matcher.end();
            out.write(s, done, start - done);
            done = end;
            if (start == end && start == last) {
                // Nothing found right behind a match is no match of its own.
                done = start < s.length ? Unit.next(s, start) : start + 1;
                out.write(s, start, Math.min(done, s.length) - start);
                continue;
            }
            rewrite(matcher, s, rewrite, out);
            last = end;
            if (!global) {
                break;
            }
        }
        if (done < s.length) {
            out.write(s, done, s.length - done);
        }
        return out.toByteArray();
    }

    private static void rewrite(
            Matcher matcher, byte[] s, byte[] rewrite, ByteArrayOutputStream out) {
        int i = 0;
        while (i < rewrite.length) {
            byte b = rewrite[i++];
            if (b != '\\') {
                out.write(b);
            } else if (i < rewrite.length && isDigit(rewrite[i])) {
                int group = rewrite[i++] - '0';
                int start = matcher.start(group);
                if (start >= 0) {
                    out.write(s, start, matcher.end(group) - start);
                }
            } else if (i < rewrite.length && rewrite[i] == '\\') {
                out.write(rewrite[i++]);
            } else {
                throw new TensorException(
                        "regexReplace: a lone \\ in the rewrite '" + CodePoints.utf8(rewrite) + "'",
                        "write \\\\ for a backslash, \\0 to \\9 for groups");
            }
        }
    }

    private static int highestGroup(byte[] rewrite) {
        int highest = 0;
        int i = 0;
        while (i + 1 < rewrite.length) {
            boolean escape = rewrite[i++] == '\\';
            if (escape && isDigit(rewrite[i])) {
                highest = Math.max(highest, rewrite[i] - '0');
            }
            i += escape ? 1 : 0;
        }
        return highest;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
