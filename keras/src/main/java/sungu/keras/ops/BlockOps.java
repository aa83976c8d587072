package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rearrangements by blocks: space and depth, sliding blocks of images, patterns of named axes. */
final class BlockOps {
    private BlockOps() {}

    static void declare(Operations.Table t) {
        for (var name : new String[] {"depth_to_space", "space_to_depth"}) {
            t.op(
                    name + "(x, | block_size, data_format='channels_last')",
                    a -> {
                        var x = a.tensor("x");
                        if (x.rank() != 4) {
                            throw a.refused("x", "must have 4 dimensions");
                        }
                        if (a.size("block_size") < 2) {
                            throw a.refused("block_size", "must be 2 or more");
                        }
                        boolean last =
                                !a.text("data_format")
                                        .toLowerCase(Locale.ROOT)
                                        .equals("channels_first");
                        var images = last ? x : Movements.transpose(x, 0, 2, 3, 1);
                        var out =
                                name.startsWith("depth")
                                        ? depthToSpace(a, images)
                                        : spaceToDepth(a, images);
                        return last ? out : Movements.transpose(out, 0, 3, 1, 2);
                    });
        }
        t.op("unfold(x, | kernel_size, dilation=1, padding=0, stride=1)", BlockOps::unfold);
        t.op(
                "fold(x, | output_size, kernel_size, dilation=1, padding=0, stride=1)",
                BlockOps::fold);
        t.op(
                "rearrange(tensor, | pattern, **axes_lengths)",
                a -> rearrange(a.tensor("tensor"), a.text("pattern"), a.map("axes_lengths")));
    }

    private static Tensor depthToSpace(Given a, Tensor x) {
        int block = a.size("block_size");
        var dims = x.shape().dims();
        if (dims[3] % (block * block) != 0) {
            throw a.refused(
                    "block_size", "must divide the " + dims[3] + " channels in both directions");
        }
        int channels = dims[3] / (block * block);
        var split = Movements.reshape(x, dims[0], dims[1], dims[2], block, block, channels);
        return Movements.reshape(
                Movements.transpose(split, 0, 1, 3, 2, 4, 5),
                dims[0],
                dims[1] * block,
                dims[2] * block,
                channels);
    }

    private static Tensor spaceToDepth(Given a, Tensor x) {
        int block = a.size("block_size");
        var dims = x.shape().dims();
        if (dims[1] % block != 0 || dims[2] % block != 0) {
            throw a.refused("block_size", "must divide height and width of x, " + x.type());
        }
        var split =
                Movements.reshape(
                        x, dims[0], dims[1] / block, block, dims[2] / block, block, dims[3]);
        return Movements.reshape(
                Movements.transpose(split, 0, 1, 3, 2, 4, 5),
                dims[0],
                dims[1] / block,
                dims[2] / block,
                dims[3] * block * block);
    }

    /** Sliding blocks of images, channels first, as columns. */
    private static Tensor unfold(Given a) {
        var x = a.tensor("x");
        if (x.rank() != 4) {
            throw a.refused("x", "must have 4 dimensions: batch, channels, height, width");
        }
        int[] kernel = pair(a, "kernel_size");
        int[] dilation = pair(a, "dilation");
        int[] padding = pair(a, "padding");
        int[] stride = pair(a, "stride");
        var around = new int[] {0, 0, padding[0], padding[1]};
        var padded = Movements.pad(x, around, around, Kind.weak(0, x));
        var rows = positions(padded.shape().dim(2), kernel[0], dilation[0], stride[0]);
        var columns = positions(padded.shape().dim(3), kernel[1], dilation[1], stride[1]);
        // (b, c, kh, oh, w) -> (b, c, kh, oh, kw, ow) -> (b, c * kh * kw, oh * ow)
        var blocks = Indexing.gather(Indexing.gather(padded, rows, 2), columns, 4);
        var ordered = Movements.transpose(blocks, 0, 1, 2, 4, 3, 5);
        var dims = ordered.shape();
        return Movements.reshape(
                ordered,
                dims.dim(0),
                dims.dim(1) * dims.dim(2) * dims.dim(3),
                dims.dim(4) * dims.dim(5));
    }

    /** Per element of the kernel the positions that it meets. */
    private static Tensor positions(int size, int kernel, int dilation, int stride) {
        int count = Math.max((size - dilation * (kernel - 1) - 1) / stride + 1, 0);
        var offsets =
                Movements.reshape(
                        Movements.iota(kernel, DType.INT32).times((long) dilation),
                        Shape.of(kernel, 1));
        return offsets.plus(
                Movements.reshape(
                        Movements.iota(count, DType.INT32).times((long) stride),
                        Shape.of(1, count)));
    }

    /** Columns put back where unfold took them; what overlaps is added. */
    private static Tensor fold(Given a) {
        var x = a.tensor("x");
        if (x.rank() != 3) {
            throw a.refused("x", "must have 3 dimensions: batch, channels times kernel, positions");
        }
        int[] out = pair(a, "output_size");
        int[] kernel = pair(a, "kernel_size");
        int[] dilation = pair(a, "dilation");
        int[] padding = pair(a, "padding");
        int[] stride = pair(a, "stride");
        int batch = x.shape().dim(0);
        if (x.shape().dim(1) % (kernel[0] * kernel[1]) != 0) {
            throw a.refused("kernel_size", "must divide the second dimension of " + x.type());
        }
        int channels = x.shape().dim(1) / (kernel[0] * kernel[1]);
        var count = new int[2];
        var full = new int[2];
        for (int i = 0; i < 2; i++) {
            full[i] = out[i] + 2 * padding[i];
            count[i] = (full[i] - dilation[i] * (kernel[i] - 1) - 1) / stride[i] + 1;
        }
        var split = Movements.reshape(x, batch, channels, kernel[0], kernel[1], count[0], count[1]);
        var sum = Tensor.zeros(Shape.of(batch, channels, full[0], full[1]), x.dtype());
        for (int i = 0; i < kernel[0]; i++) {
            for (int j = 0; j < kernel[1]; j++) {
                var patch =
                        Movements.squeeze(
                                Movements.sliceAxis(
                                        Movements.sliceAxis(split, 2, i, i + 1), 3, j, j + 1),
                                2,
                                3);
                int top = i * dilation[0];
                int left = j * dilation[1];
                var before = new int[] {0, 0, top, left};
                var after =
                        new int[] {
                            0,
                            0,
                            full[0] - top - (count[0] - 1) * stride[0] - 1,
                            full[1] - left - (count[1] - 1) * stride[1] - 1
                        };
                var between = new int[] {0, 0, stride[0] - 1, stride[1] - 1};
                sum = sum.plus(Movements.pad(patch, before, after, between, Kind.weak(0, x)));
            }
        }
        return Movements.sliceAxis(
                Movements.sliceAxis(sum, 2, padding[0], padding[0] + out[0]),
                3,
                padding[1],
                padding[1] + out[1]);
    }

    private static int[] pair(Given a, String name) {
        int[] given = a.ints(name);
        if (given.length != 1 && given.length != 2) {
            throw a.refused(name, "must be an integer or two of them");
        }
        int least = name.equals("padding") || name.equals("output_size") ? 0 : 1;
        if (Arrays.stream(given).anyMatch(number -> number < least)) {
            throw a.refused(name, "must be " + least + " at least");
        }
        return given.length == 1 ? new int[] {given[0], given[0]} : given;
    }

    /**
     * Splits, transposes and joins dimensions as a pattern such as {@code "b (h w) c -> b h (w c)"}
     * says.
     */
    private static Tensor rearrange(Tensor x, String pattern, Map<?, ?> lengths) {
        var sides = pattern.split("->", -1);
        if (sides.length != 2) {
            throw new TensorException(
                    "rearrange: argument 'pattern' must have the form 'a b -> b a', got '"
                            + pattern
                            + "'");
        }
        var left = groups(sides[0]);
        var right = groups(sides[1]);
        if (left.size() != x.rank()) {
            throw new TensorException(
                    "rearrange: argument 'pattern' names "
                            + left.size()
                            + " dimensions on its left side, x is "
                            + x.type());
        }
        var sizes = new HashMap<String, Integer>();
        lengths.forEach(
                (name, size) -> sizes.put(String.valueOf(name), ((Number) size).intValue()));
        var names = new ArrayList<String>();
        for (int i = 0; i < left.size(); i++) {
            split(left.get(i), x.shape().dim(i), sizes, pattern);
            names.addAll(left.get(i));
        }
        var order = right.stream().flatMap(List::stream).mapToInt(names::indexOf).toArray();
        if (Arrays.stream(order).sorted().distinct().count() != names.size()
                || Arrays.stream(order).anyMatch(i -> i < 0)) {
            throw new TensorException(
                    "rearrange: both sides of the pattern '"
                            + pattern
                            + "' must name the same axes, each once");
        }
        var parts =
                Movements.reshape(
                        x,
                        Shape.of(
                                names.stream()
                                        .mapToInt(name -> sizes.getOrDefault(name, 1))
                                        .toArray()));
        var moved = order.length == 0 ? parts : Movements.transpose(parts, order);
        return Movements.reshape(
                moved,
                Shape.of(
                        right.stream()
                                .mapToInt(group ->
                                        group.stream()
                                                .mapToInt(name -> sizes.getOrDefault(name, 1))
                                                .reduce(1, (p, q) -> p * q))
                                .toArray()));
    }

    /** Works out the one unknown axis of a group. */
    private static void split(
            List<String> group, int size, Map<String, Integer> sizes, String pattern) {
        int known = 1;
        @Nullable String open = null;
        for (var name : group) {
            var given = sizes.get(name);
            if (given != null) {
                known *= given;
            } else if (open == null) {
                open = name;
            } else {
                throw new TensorException(
                        "rearrange: the sizes of '"
                                + open
                                + "' and '"
                                + name
                                + "' in '"
                                + pattern
                                + "' are both unknown",
                        "give one of them by name");
            }
        }
        if (known == 0 || size % known != 0 || open == null && known != size) {
            throw new TensorException(
                    "rearrange: a dimension of size "
                            + size
                            + " can't be split as "
                            + group
                            + " with sizes "
                            + sizes);
        }
        if (open != null) {
            sizes.put(open, size / known);
        }
    }

    private static List<List<String>> groups(String side) {
        var groups = new ArrayList<List<String>>();
        @Nullable List<String> open = null;
        for (var token : side.replace("(", " ( ").replace(")", " ) ").trim().split("\\s+")) {
            if (token.equals("(")) {
                open = new ArrayList<>();
                groups.add(open);
            } else if (token.equals(")")) {
                open = null;
            } else if (open != null) {
                open.add(token);
            } else if (!token.isEmpty()) {
                groups.add(List.of(token));
            }
        }
        return groups;
    }

    /** Operations of {@code keras.utils} on arrays. */
    static void declareUtils(Operations.Table t) {
        t.op(
                        "to_categorical(x, #num_classes=None)",
                        a -> {
                            var x = a.tensor("x");
                            int classes =
                                    a.has("num_classes")
                                            ? a.size("num_classes")
                                            : (int) Arrays.stream(x.toLongs()).max().orElse(-1) + 1;
                            var flat =
                                    x.rank() > 1 && x.shape().dim(-1) == 1
                                            ? Movements.squeeze(x, -1)
                                            : x;
                            return Indexing.oneHot(
                                    Conversion.cast(flat, DType.INT64), classes, -1, DType.FLOAT32);
                        })
                .dynamicUnless("num_classes");
        t.op(
                "normalize(x, axis=-1, order=2)",
                a -> {
                    var x = a.floating("x");
                    var norm = LinalgOps.norm(x, a.value("order"), a.axes("axis"), true);
                    return x.div(
                            Elements.select(
                                    Elements.equal(norm, Kind.weak(0, norm)),
                                    Elements.onesLike(norm),
                                    norm));
                });
        t.op(
                "pad_sequences(sequences, maxlen=None, dtype='int32', padding='pre',"
                        + " truncating='pre', value=0.0)",
                BlockOps::padSequences);
    }

    private static Tensor padSequences(Given a) {
        var text = a.text("dtype");
        var dtype =
                text.startsWith("<U") || text.equals("object") || text.equals("str")
                        ? DType.STRING
                        : Kind.dtype(text);
        var rows = new ArrayList<Tensor>();
        int longest = 0;
        @Nullable Shape item = null;
        for (var sequence : a.items("sequences")) {
            var raw = Conversion.tensor(sequence);
            var row = dtype == DType.STRING ? raw : Conversion.cast(raw, dtype);
            if (row.rank() == 0) {
                throw a.refused("sequences", "must be a list of sequences");
            }
            if (row.size() > 0) {
                item = row.shape().slice(1, row.rank());
            }
            longest = Math.max(longest, row.shape().dim(0));
            rows.add(row);
        }
        int length = a.has("maxlen") ? a.size("maxlen") : longest;
        var shape = item == null ? Shape.SCALAR : item;
        boolean front = side(a, "padding");
        boolean cutFront = side(a, "truncating");
        var value =
                dtype == DType.STRING
                        ? Tensor.of(String.valueOf(a.value("value")))
                        : Conversion.tensor(a.value("value"), dtype);
        var padded = new ArrayList<Tensor>();
        for (var row : rows) {
            int size = row.shape().dim(0);
            if (size == 0) {
                padded.add(Movements.broadcastTo(value, Shape.of(length).concat(shape)));
                continue;
            }
            if (!row.shape().slice(1, row.rank()).equals(shape)) {
                throw a.refused("sequences", "must hold items of one shape");
            }
            int kept = Math.min(size, length);
            var part =
                    cutFront
                            ? Movements.sliceAxis(row, 0, size - kept, size)
                            : Movements.sliceAxis(row, 0, 0, kept);
            var fill = Movements.broadcastTo(value, Shape.of(length - kept).concat(shape));
            padded.add(
                    kept == length
                            ? part
                            : Movements.concat(
                                    front ? List.of(fill, part) : List.of(part, fill), 0));
        }
        return padded.isEmpty()
                ? Tensor.zeros(Shape.of(0, length), dtype)
                : Movements.stack(padded, 0);
    }

    private static boolean side(Given a, String name) {
        return switch (a.text(name)) {
            case "pre" -> true;
            case "post" -> false;
            default -> throw a.refused(name, "must be 'pre' or 'post'");
        };
    }
}
