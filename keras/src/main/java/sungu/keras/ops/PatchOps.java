package sungu.keras.ops;

import sungu.ops.Movements;
import sungu.ops.Windows;
import sungu.primitive.MatrixFactor;
import sungu.tensor.Ints;
import sungu.tensor.Tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Images and volumes cut into patches, and put together from them. */
final class PatchOps {
    private PatchOps() {}

    static void declare(Operations.Table t) {
        t.op(
                "extract_patches(images, | size, strides=None, dilation_rate=1, padding='valid',"
                        + " data_format=None)",
                a -> patches(a, "images", 0));
        t.op(
                "extract_patches_3d(volumes, | size, strides=None, dilation_rate=1,"
                        + " padding='valid', data_format=None)",
                a -> patches(a, "volumes", 3));
        t.op(
                "reconstruct_patches(patches, | size, output_size, strides=None, padding='valid',"
                        + " data_format=None)",
                PatchOps::reconstructed);
    }

    private static Tensor patches(Given a, String name, int needed) {
        var given = a.ints("size");
        boolean list = a.value("size") instanceof List<?>;
        int spatial = needed == 3 ? 3 : list ? given.length : 2;
        if (list && (given.length != 2 && given.length != 3 || needed == 3 && given.length != 3)) {
            throw a.refused(
                    "size", "must be an integer or a list of " + (needed == 3 ? "3" : "2 or 3"));
        }
        var size = all(given, spatial);
        var strides = a.has("strides") ? all(a.ints("strides"), spatial) : size;
        var x = a.tensor(name);
        boolean single = x.rank() == spatial + 1;
        var batch = single ? Movements.expandDims(x, 0) : x;
        var format = ImageOps.format(a);
        int channels = batch.shape().dim(format.equals("channels_first") ? 1 : -1);
        int out = Arrays.stream(size).reduce(channels, (p, q) -> p * q);
        var dims = Arrays.copyOf(size, spatial + 2);
        dims[spatial] = channels;
        dims[spatial + 1] = out;
        var kernel = Movements.reshape(MatrixFactor.identity(out, x.dtype()), dims);
        var padding = a.text("padding").toLowerCase(Locale.ROOT);
        if (!padding.equals("same") && !padding.equals("valid")) {
            throw a.refused("padding", "must be 'valid' or 'same'");
        }
        var found =
                Windows.conv(
                        batch,
                        kernel,
                        strides,
                        padding,
                        format,
                        all(a.ints("dilation_rate"), spatial));
        return single ? Movements.squeeze(found, 0) : found;
    }

    private static int[] all(int[] given, int count) {
        return given.length == 1 ? Ints.repeat(given[0], count).toArray() : given;
    }

    /** Patches that do not overlap, side by side; what "same" padding had added is cut off. */
    private static Tensor reconstructed(Given a) {
        var given = a.ints("size");
        int spatial = a.value("size") instanceof List<?> ? given.length : 2;
        if (spatial != 2 && spatial != 3) {
            throw a.refused("size", "must be an integer or a list of 2 or 3");
        }
        var size = all(given, spatial);
        if (a.has("strides") && !Arrays.equals(all(a.ints("strides"), spatial), size)) {
            throw a.refused(
                    "strides", "must be as size: patches that overlap can't be put together");
        }
        var padding = a.text("padding").toLowerCase(Locale.ROOT);
        if (!padding.equals("same") && !padding.equals("valid")) {
            throw a.refused("padding", "must be 'valid' or 'same'");
        }
        if (!(a.value("output_size") instanceof List<?> list) || list.size() != spatial) {
            throw a.refused("output_size", "must be a list of " + spatial + " sizes");
        }
        int[] out = a.ints("output_size");
        var x = a.tensor("patches");
        if (x.rank() != spatial + 1 && x.rank() != spatial + 2) {
            throw a.refused(
                    "patches",
                    "must have " + (spatial + 1) + " or " + (spatial + 2) + " dimensions");
        }
        boolean single = x.rank() == spatial + 1;
        boolean first = ImageOps.format(a).equals("channels_first");
        var batch = single ? Movements.expandDims(x, 0) : x;
        var patches = first ? ShapeOps.moveAxis(batch, new int[] {1}, new int[] {-1}) : batch;
        int area = Arrays.stream(size).reduce(1, (p, q) -> p * q);
        if (area < 1 || patches.shape().dim(-1) % area != 0) {
            throw a.refused("size", "must divide the entries of a patch of " + x.type());
        }
        // (b, g1, g2, p1, p2, c) -> (b, g1, p1, g2, p2, c)
        var split = new int[2 * spatial + 2];
        var order = new int[2 * spatial + 2];
        var full = new int[spatial + 2];
        split[0] = patches.shape().dim(0);
        full[0] = split[0];
        split[2 * spatial + 1] = patches.shape().dim(-1) / area;
        order[2 * spatial + 1] = 2 * spatial + 1;
        full[spatial + 1] = split[2 * spatial + 1];
        for (int i = 0; i < spatial; i++) {
            int grid = patches.shape().dim(i + 1);
            split[i + 1] = grid;
            split[spatial + i + 1] = size[i];
            order[2 * i + 1] = i + 1;
            order[2 * i + 2] = spatial + i + 1;
            full[i + 1] = grid * size[i];
            boolean fits =
                    padding.equals("same")
                            ? out[i] > (grid - 1) * size[i] && out[i] <= full[i + 1]
                            : out[i] >= full[i + 1] && out[i] < full[i + 1] + size[i];
            if (!fits) {
                throw a.refused(
                        "output_size", "must be one that gives " + grid + " patches of " + size[i]);
            }
        }
        var whole =
                Movements.reshape(
                        Movements.transpose(Movements.reshape(patches, split), order), full);
        for (int i = 0; i < spatial; i++) {
            int extra = out[i] - full[i + 1];
            if (extra < 0) {
                int before = -extra / 2;
                whole = Movements.sliceAxis(whole, i + 1, before, before + out[i]);
            } else if (extra > 0) {
                // The border that no whole patch covered is not known: zeros.
                var after = new int[whole.rank()];
                after[i + 1] = extra;
                whole = Movements.pad(whole, new int[whole.rank()], after, Kind.weak(0, whole));
            }
        }
        var found = first ? ShapeOps.moveAxis(whole, new int[] {-1}, new int[] {1}) : whole;
        return single ? Movements.squeeze(found, 0) : found;
    }
}
