package sungu.strings;

import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Strings joined within a tensor. */
final class Joining {
    private Joining() {}

    static Tensor reduce(Tensor x, String separator, boolean keep, int... axes) {
        int rank = x.rank();
        // The first axis named runs fastest, so over all axes the last one comes first.
        var named =
                axes.length > 0
                        ? IntStream.of(axes).map(a -> x.shape().axis(a)).toArray()
                        : IntStream.range(0, rank).map(i -> rank - 1 - i).toArray();
        if (IntStream.of(named).distinct().count() < named.length) {
            throw new TensorException("reduceJoin: an axis is named twice");
        }
        var kept =
                IntStream.range(0, rank)
                        .filter(i -> IntStream.of(named).noneMatch(a -> a == i))
                        .toArray();
        var order = new int[rank];
        System.arraycopy(kept, 0, order, 0, kept.length);
        int joined = 1;
        for (int i = 0; i < named.length; i++) {
            order[rank - 1 - i] = named[i];
            joined *= x.shape().dim(named[i]);
        }
        var result = x.shape();
        for (int axis = rank - 1; axis >= 0; axis--) {
            int at = axis;
            if (IntStream.of(named).anyMatch(a -> a == at)) {
                result = keep ? result.with(axis, 1) : result.remove(axis);
            }
        }
        var strings = Movements.transpose(x, order).host().bytes();
        var out = new byte[result.size()][];
        var between = CodePoints.bytes(separator);
        for (int i = 0; i < out.length; i++) {
            var parts = new ArrayList<byte[]>(joined);
            for (int j = 0; j < joined; j++) {
                parts.add(strings[i * joined + j]);
            }
            out[i] = Bytes.join(parts, between);
        }
        return new HostTensor(DType.STRING, result, out);
    }

    static Tensor segments(Tensor x, Tensor ids, int segments, String separator) {
        if (segments < 0
                || !ids.dtype().isInteger()
                || ids.rank() > x.rank()
                || !x.shape().slice(0, ids.rank()).equals(ids.shape())) {
            throw new TensorException(
                    "unsortedSegmentJoin: ids "
                            + ids.type()
                            + " must be integers of the leading dimensions of "
                            + x.type()
                            + ", and the number of segments can't be "
                            + segments);
        }
        var inner = x.shape().slice(ids.rank(), x.rank());
        int width = inner.size();
        var parts = new ArrayList<List<byte[]>>();
        for (int i = 0; i < segments * width; i++) {
            parts.add(new ArrayList<>());
        }
        var strings = x.host().bytes();
        var numbers = ids.toLongs();
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < 0 || numbers[i] >= segments) {
                throw new TensorException(
                        "unsortedSegmentJoin: id "
                                + numbers[i]
                                + " is not in [0, "
                                + segments
                                + ")");
            }
            for (int j = 0; j < width; j++) {
                parts.get((int) numbers[i] * width + j).add(strings[i * width + j]);
            }
        }
        var between = CodePoints.bytes(separator);
        return new HostTensor(
                DType.STRING,
                Shape.of(segments).concat(inner),
                parts.stream().map(p -> Bytes.join(p, between)).toArray(byte[][]::new));
    }
}
