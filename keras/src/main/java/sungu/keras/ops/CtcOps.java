package sungu.keras.ops;

import sungu.ops.Ctc;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.List;

/** Loss and decoding of sequences without alignment. */
final class CtcOps {
    private CtcOps() {}

    static void declare(Operations.Table t) {
        t.op(
                "ctc_loss(target, output, target_length, output_length, | mask_index=0)",
                a -> {
                    var logits = wide(a, "output");
                    return Ctc.loss(
                            whole(a, "target"),
                            logits,
                            whole(a, "target_length"),
                            whole(a, "output_length"),
                            blank(a, logits));
                });
        t.op(
                "ctc_decode(inputs, sequence_lengths, | strategy='greedy', beam_width=100,"
                        + " top_paths=1, merge_repeated=True, mask_index=0)",
                CtcOps::decode);
    }

    private static Object decode(Given a) {
        var logits = wide(a, "inputs");
        var lengths = whole(a, "sequence_lengths");
        int blank = blank(a, logits);
        return switch (a.text("strategy")) {
            case "greedy" -> {
                var found = Ctc.greedy(logits, lengths, a.flag("merge_repeated"), blank);
                yield List.of(Movements.expandDims(found.labels(), 0), found.scores());
            }
            case "beam_search" -> {
                var found =
                        Ctc.beam(logits, lengths, a.size("beam_width"), a.size("top_paths"), blank);
                yield List.of(found.labels(), found.scores());
            }
            default -> throw a.refused("strategy", "must be 'greedy' or 'beam_search'");
        };
    }

    private static Tensor wide(Given a, String name) {
        var x = a.tensor(name);
        if (x.rank() != 3) {
            throw a.refused(name, "must have 3 dimensions: batch, frames, classes");
        }
        return Conversion.cast(x, x.dtype() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32);
    }

    private static Tensor whole(Given a, String name) {
        var x = a.tensor(name);
        if (!x.dtype().isInteger()) {
            throw a.refused(name, "must be integers");
        }
        return Elements.cast(x, DType.INT32);
    }

    /** The class of blanks: counted from the end where negative, the last one by default. */
    private static int blank(Given a, Tensor logits) {
        int classes = logits.shape().dim(2);
        int index = a.has("mask_index") ? a.size("mask_index") : -1;
        if (index < -classes || index >= classes) {
            throw a.refused("mask_index", "must be one of the " + classes + " classes");
        }
        return index < 0 ? index + classes : index;
    }
}
