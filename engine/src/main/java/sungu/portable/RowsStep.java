package sungu.portable;

import sungu.compile.Group;
import sungu.compile.Rows;
import sungu.graph.Node;
import sungu.kernel.Copy;
import sungu.kernel.Parallel;
import sungu.kernel.ScatterKernel;
import sungu.kernel.SliceNumbers;
import sungu.primitive.Gather;
import sungu.primitive.Scatter;
import sungu.tensor.HostTensor;

import java.util.Arrays;

/**
 * Tensors side by side, or rows added where indices say: rows are read where they lie, through
 * slices and lookups, which need no arrays then.
 */
final class RowsStep {
    /** So many elements are a chunk. */
    private static final int CHUNK = 1 << 14;

    private RowsStep() {}

    /** The step of a group that reads rows. */
    static ProgramStep of(Group group, HostTensor[] inputs, HostTensor[] outputs) {
        if (!(group.nodes().getLast().primitive() instanceof Scatter scatter)) {
            return new Beside(group, inputs, outputs);
        }
        var row = group.rows().get(0);
        var node = group.nodes().getLast();
        var kernel =
                new ScatterKernel(
                        scatter,
                        node.outputs().get(0).type().shape(),
                        node.inputs().get(1).type().shape());
        return () ->
                kernel.add(inputs[0], inputs[1], inputs[2], row.offset(), row.step(), outputs[0]);
    }

    /** A concatenation: each row of the result is one of each operand. */
    private static final class Beside implements ProgramStep {
        private final Rows[] rows;

        /** Per operand how its rows are named; null for one after the other. */
        private final SliceNumbers[] lookups;

        /** Per operand the numbers of its rows in this run. */
        private final int[][] numbers;

        private final int count;
        private final int width;
        private final HostTensor[] inputs;
        private final HostTensor[] outputs;
        private final Parallel.Range part = this::part;

        Beside(Group group, HostTensor[] inputs, HostTensor[] outputs) {
            this.inputs = inputs;
            this.outputs = outputs;
            rows = group.rows().toArray(Rows[]::new);
            numbers = new int[rows.length][];
            lookups = new SliceNumbers[rows.length];
            int lookup = 0;
            int sum = 0;
            for (int i = 0; i < lookups.length; i++) {
                if (rows[i].named()) {
                    lookups[i] = lookup(group.nodes().get(lookup++));
                }
                sum += rows[i].width();
            }
            width = sum;
            count = rows[0].count();
        }

        private static SliceNumbers lookup(Node node) {
            return new SliceNumbers(
                    ((Gather) node.primitive()).vectors(),
                    node.inputs().get(0).type().shape(),
                    node.inputs().get(1).type().shape());
        }

        @Override
        @SuppressWarnings("NullAway") // numbers between runs only
        public void run() {
            for (int i = 0, at = 0; i < rows.length; i++, at++) {
                if (rows[i].named()) {
                    numbers[i] = lookups[i].of("gather", inputs[++at]);
                }
            }
            if (count * width <= CHUNK) {
                part(0, count);
            } else {
                Parallel.loop(count, Math.max(1, CHUNK / width), part);
            }
            Arrays.fill(numbers, null);
        }

        private void part(int from, int to) {
            var out = outputs[0];
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
