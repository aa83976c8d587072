package sungu.conformance.tensorflow;

import org.jspecify.annotations.Nullable;

import sungu.ragged.RaggedTensor;
import sungu.strings.Encodings;
import sungu.strings.Errors;
import sungu.strings.Ngrams;
import sungu.strings.NumberStyle;
import sungu.strings.Strings;
import sungu.strings.Unicode;
import sungu.strings.Unit;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Strings: {@code tf.strings} and what {@code tf.io} has for single strings. */
final class StringOps {
    private StringOps() {}

    static void rows(TfOperation.Table table) {
        elements(table);
        numbers(table);
        splitting(table);
        unicode(table);
        encodings(table);
    }

    private static void elements(TfOperation.Table table) {
        table.row(
                "tf.strings.length(input, unit)",
                a -> each(a, "input", x -> Strings.length(x, unit(a))));
        table.row("tf.strings.lower(input, encoding)", a -> each(a, "input", lower(a)));
        table.row("tf.strings.upper(input, encoding)", a -> each(a, "input", upper(a)));
        table.row("tf.strings.strip(input)", a -> each(a, "input", Strings::strip));
        table.row(
                "tf.strings.regex_full_match(input, pattern)",
                a -> each(a, "input", x -> Strings.regexFullMatch(x, a.text("pattern", ""))));
        table.row(
                "tf.strings.regex_replace(input, pattern, rewrite, replace_global)",
                a ->
                        each(
                                a,
                                "input",
                                x ->
                                        Strings.regexReplace(
                                                x,
                                                a.text("pattern", ""),
                                                a.text("rewrite", ""),
                                                a.flag("replace_global", true))));
        table.row(
                "tf.strings.substr(input, pos, len, unit)",
                a ->
                        each(
                                a,
                                "input",
                                x -> Strings.substr(x, a.tensor("pos"), a.tensor("len"), unit(a))));
        table.row(
                "tf.strings.join(inputs, separator)",
                RaggedTensor.class,
                a -> {
                    var first = a.ragged(a.list("inputs").getFirst());
                    var flat = new ArrayList<Tensor>();
                    a.list("inputs").forEach(item -> flat.add(a.ragged(item).flatValues()));
                    return first.withFlatValues(Strings.join(flat, a.text("separator", "")));
                });
        table.row(
                "tf.strings.join(inputs, separator)",
                a -> Strings.join(a.tensors("inputs"), a.text("separator", "")));
        table.row(
                "tf.strings.reduce_join(inputs, axis, keepdims, separator)",
                RaggedTensor.class,
                a ->
                        Strings.reduceJoin(
                                a.ragged("inputs"),
                                a.text("separator", ""),
                                a.flag("keepdims", false),
                                a.integers("axis")));
        table.row(
                "tf.strings.reduce_join(inputs, axis, keepdims, separator)",
                a ->
                        Strings.reduceJoin(
                                a.tensor("inputs"),
                                a.text("separator", ""),
                                a.flag("keepdims", false),
                                a.integers("axis")));
        table.row(
                "tf.strings.unsorted_segment_join(inputs, segment_ids, num_segments, separator)",
                a ->
                        Strings.unsortedSegmentJoin(
                                a.tensor("inputs"),
                                a.tensor("segment_ids"),
                                a.integer("num_segments"),
                                a.text("separator", "")));
    }

    private static void numbers(TfOperation.Table table) {
        table.row(
                "tf.strings.to_hash_bucket(input, num_buckets)",
                a -> each(a, "input", x -> Strings.toHashBucket(x, a.whole("num_buckets"))));
        table.row(
                "tf.strings.to_hash_bucket_fast(input, num_buckets)",
                a -> each(a, "input", x -> Strings.toHashBucketFast(x, a.whole("num_buckets"))));
        table.row(
                "tf.strings.to_hash_bucket_strong(input, num_buckets, key)",
                a -> {
                    var key = a.longs("key");
                    if (key.length != 2) {
                        throw a.wrong("key", "a pair");
                    }
                    return each(
                            a,
                            "input",
                            x ->
                                    Strings.toHashBucketStrong(
                                            x, a.whole("num_buckets"), key[0], key[1]));
                });
        table.row(
                "tf.strings.as_string(input, precision, scientific, shortest, width, fill)",
                a -> each(a, "input", x -> Strings.asString(x, format(a))));
        table.row(
                "tf.strings.to_number(input, out_type)",
                a ->
                        each(
                                a,
                                "input",
                                x -> Strings.toNumber(x, a.dtype("out_type", DType.FLOAT32))));
        table.row(
                "tf.strings.format(template, inputs, placeholder, summarize)",
                a ->
                        Strings.format(
                                a.text("template", ""),
                                a.text("placeholder", "{}"),
                                a.integer("summarize", 3),
                                a.value("inputs") instanceof List<?>
                                        ? a.tensors("inputs")
                                        : List.of(a.tensor("inputs"))));
    }

    private static void splitting(TfOperation.Table table) {
        table.row("tf.strings.bytes_split(input)", a -> Strings.bytesSplit(a.ragged("input")));
        table.row(
                "tf.strings.split(input, sep, maxsplit)",
                a ->
                        Strings.split(
                                a.ragged("input"), a.text("sep", ""), a.integer("maxsplit", -1)));
        table.row(
                "tf.strings.ngrams(data, ngram_width, separator, pad_values, padding_width,"
                        + " preserve_short_sequences)",
                a ->
                        a.value("data") instanceof RaggedTensor ragged
                                ? Strings.ngrams(ragged, ngrams(a))
                                : Strings.ngrams(a.tensor("data"), ngrams(a)));
    }

    private static void unicode(TfOperation.Table table) {
        var policy = "errors, replacement_char, replace_control_characters)";
        table.row(
                "tf.strings.unicode_decode(input, input_encoding, " + policy,
                a -> Unicode.decode(a.ragged("input"), encoding(a), errors(a)));
        table.row(
                "tf.strings.unicode_decode_with_offsets(input, input_encoding, " + policy,
                a -> pair(Unicode.decodeWithOffsets(a.ragged("input"), encoding(a), errors(a))));
        table.row(
                "tf.strings.unicode_split(input, input_encoding, errors, replacement_char)",
                a -> Unicode.split(a.ragged("input"), encoding(a), errors(a)));
        table.row(
                "tf.strings.unicode_split_with_offsets(input, input_encoding, errors,"
                        + " replacement_char)",
                a -> pair(Unicode.splitWithOffsets(a.ragged("input"), encoding(a), errors(a))));
        table.row(
                "tf.strings.unicode_transcode(input, input_encoding, output_encoding, " + policy,
                a ->
                        each(
                                a,
                                "input",
                                x ->
                                        Unicode.transcode(
                                                x,
                                                encoding(a),
                                                a.text("output_encoding", "UTF-8"),
                                                errors(a))));
        table.row(
                "tf.strings.unicode_encode(input, output_encoding, errors, replacement_char)",
                RaggedTensor.class,
                a -> Unicode.encode(a.ragged("input"), a.text("output_encoding", ""), errors(a)));
        table.row(
                "tf.strings.unicode_encode(input, output_encoding, errors, replacement_char)",
                a -> Unicode.encode(a.tensor("input"), a.text("output_encoding", ""), errors(a)));
        table.row("tf.strings.unicode_script(input)", a -> each(a, "input", Unicode::script));
    }

    private static void encodings(TfOperation.Table table) {
        table.row(
                "tf.io.encode_base64(input, pad)",
                a -> Encodings.encodeBase64(a.tensor("input"), a.flag("pad", false)));
        table.row("tf.io.decode_base64(input)", a -> Encodings.decodeBase64(a.tensor("input")));
        table.row(
                "tf.io.decode_raw(input_bytes, out_type, little_endian, fixed_length)",
                a ->
                        Encodings.decodeRaw(
                                a.tensor("input_bytes"),
                                a.dtype("out_type", DType.UINT8),
                                a.flag("little_endian", true)));
        table.row(
                "tf.io.decode_csv(records, record_defaults, field_delim, use_quote_delim,"
                        + " na_value)",
                a ->
                        Encodings.decodeCsv(
                                a.tensor("records"),
                                a.tensors("record_defaults"),
                                a.text("field_delim", ",").charAt(0),
                                a.flag("use_quote_delim", true),
                                a.text("na_value", "")));
    }

    /** An operation on single elements, of a dense or ragged tensor. */
    private static RaggedTensor each(TfArguments a, String name, UnaryOperator<Tensor> operation) {
        var x = a.ragged(name);
        return x.withFlatValues(operation.apply(x.flatValues()));
    }

    private static Unit unit(TfArguments a) {
        return switch (a.text("unit", "BYTE")) {
            case "BYTE" -> Unit.BYTE;
            case "UTF8_CHAR" -> Unit.UTF8_CHAR;
            default -> throw a.wrong("unit", "BYTE or UTF8_CHAR");
        };
    }

    private static UnaryOperator<Tensor> lower(TfArguments a) {
        return isUtf8(a) ? Strings::lowerUtf8 : Strings::lower;
    }

    private static UnaryOperator<Tensor> upper(TfArguments a) {
        return isUtf8(a) ? Strings::upperUtf8 : Strings::upper;
    }

    private static boolean isUtf8(TfArguments a) {
        return switch (a.text("encoding", "")) {
            case "" -> false;
            case "utf-8" -> true;
            default -> throw a.wrong("encoding", "'' or 'utf-8'");
        };
    }

    private static NumberStyle format(TfArguments a) {
        var fill = a.text("fill", "");
        if (fill.length() > 1) {
            throw a.wrong("fill", "one character");
        }
        return new NumberStyle(
                a.integer("precision", -1),
                a.flag("scientific", false),
                a.flag("shortest", false),
                a.integer("width", -1),
                fill.isEmpty() ? NumberStyle.NO_FLAG : fill.charAt(0));
    }

    private static Ngrams ngrams(TfArguments a) {
        String left = null;
        String right = null;
        switch (a.value("pad_values")) {
            case null -> {}
            case List<?> pair -> {
                left = (String) pair.get(0);
                right = (String) pair.get(1);
            }
            default -> {
                left = a.text("pad_values", "");
                right = left;
            }
        }
        return new Ngrams(
                Arrays.stream(a.integers("ngram_width")).boxed().toList(),
                a.text("separator", " "),
                left,
                right,
                a.integer("padding_width", -1),
                a.flag("preserve_short_sequences", false));
    }

    private static String encoding(TfArguments a) {
        return a.text("input_encoding", "");
    }

    private static Errors errors(TfArguments a) {
        return Errors.of(a.text("errors", "replace"))
                .replacement(a.integer("replacement_char", 0xfffd))
                .controls(a.flag("replace_control_characters", false));
    }

    private static List<@Nullable Object> pair(Unicode.WithOffsets found) {
        return List.of(found.values(), found.offsets());
    }
}
