package sungu.portable;

import sungu.compile.Group;
import sungu.compile.Rows;
import sungu.kernel.Copy;
import sungu.kernel.GatherKernel;
import sungu.kernel.Parallel;
import sungu.kernel.ScatterKernel;
import sungu.primitive.Gather;
import sungu.primitive.Scatter;
import sungu.tensor.HostTensor;

import java.util.List;

/**
 * Tensors side by side, or rows added where indices say: rows are read where they lie, through
 * slices and lookups, which need no arrays then.
 */
final class RowsStep {
    /** So many elements are a chunk. */
    private static final int CHUNK = 1 << 14;

    private RowsStep() {}

    /** The step of a group that reads rows. */
    static ProgramStep of(Group group) {
        var rows = group.rows();
        return group.nodes().getLast().primitive() instanceof Scatter scatter
                ? (inputs, outputs) ->
                        ScatterKernel.add(
                                scatter.vectors(),
                                inputs[0],
                                inputs[1],
                                inputs[2],
                                rows.get(0).offset(),
                                rows.get(0).step(),
                                outputs[0])
                : new Beside(group, rows);
    }

    /** A concatenation: each row of the result is one of each operand. */
    private static final class Beside implements ProgramStep {
        private final Rows[] rows;

        /** Per operand how its rows are named; null for one after the other. */
        private final Gather[] lookups;

        private final int count;
        private final int width;

        Beside(Group group, List<Rows> rows) {
            this.rows = rows.toArray(Rows[]::new);
            lookups = new Gather[this.rows.length];
            int lookup = 0;
            int sum = 0;
            for (int i = 0; i < lookups.length; i++) {
                if (this.rows[i].named()) {
                    lookups[i] = (Gather) group.nodes().get(lookup++).primitive();
                }
                sum += this.rows[i].width();
            }
            width = sum;
            count = rows.get(0).count();
        }

        @Override
        public void run(HostTensor[] inputs, HostTensor[] outputs) {
            var numbers = new int[rows.length][];
            for (int i = 0, at = 0; i < rows.length; i++, at++) {
                if (rows[i].named()) {
                    numbers[i] =
                            GatherKernel.offsets(lookups[i].vectors(), inputs[at], inputs[++at]);
                }
            }
            if (count * width <= CHUNK) {
                part(inputs, numbers, outputs[0], 0, count);
            } else {
                Parallel.loop(
                        count,
                        Math.max(1, CHUNK / width),
                        (from, to) -> part(inputs, numbers, outputs[0], from, to));
            }
        }

        private void part(HostTensor[] inputs, int[][] numbers, HostTensor out, int from, int to) {
            int lanes = out.dtype().lanes();
            int start = from * width * lanes;
            int at = 0;
            for (int i = 0; i < rows.length; i++) {
                var row = rows[i];
                int n = row.width() * lanes;
                Copy.rows(
                        inputs[at++].array(),
                        row.offset() * lanes,
                        row.step() * lanes,
                        numbers[i],
                        from,
                        out.array(),
                        start,
                        width * lanes,
                        to - from,
                        n);
                start += n;
                if (row.named()) {
                    at++;
                }
            }
        }
    }
}
