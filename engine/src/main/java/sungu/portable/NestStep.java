package sungu.portable;

import org.jspecify.annotations.Nullable;

import sungu.compile.Extent;
import sungu.compile.Nest;
import sungu.compile.Nest.Level;
import sungu.kernel.Fill;
import sungu.kernel.Parallel;
import sungu.primitive.Reduce;
import sungu.primitive.SquaredDeviations;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a nest on the reference kernels of its instructions, block by block: operands are copied
 * into the registers of a {@link Block}, the instructions run over them one after the other, and
 * the results are copied out or folded. Chunks of blocks run side by side; their borders depend on
 * the sizes alone, and what they fold is joined in their order, so the bits do not depend on the
 * number of threads.
 *
 * <p>A step belongs to one arena and keeps scratch arrays: it runs in one thread at a time, and
 * splits long loops itself.
 */
final class NestStep implements ProgramStep {
    private static final int BLOCK = 1024;

    /** At least so many blocks are a chunk. */
    private static final int CHUNK = 32;

    /** How many sizes of blocks a thread keeps. */
    private static final int SIZES = 8;

    private final Nest nest;

    /** One loop, or several flat ones that run as if they were one behind the other. */
    private final List<Extent> extents;

    private final boolean[] known;
    private final HostTensor[] inputs;
    private final HostTensor[] outputs;
    private final int rows;
    private final int columns;
    private final int blockRows;
    private final int blockColumns;

    /** Blocks side by side in a row. */
    private final int across;

    private final int blocks;

    /**
     * Blocks of a chunk. What folds has chunks of whole rows: each sees some of every column, and
     * no narrow block first.
     */
    private final int chunk;

    private final ArrayDeque<Worker> idle = new ArrayDeque<>();

    /** Per folded result what each chunk came to. */
    private final @Nullable HostTensor[] parts;

    private final HostTensor[] folded = new HostTensor[1];
    private final HostTensor[] total = new HostTensor[1];
    private final Parallel.Range chunks = this::chunk;

    /**
     * A nest over loops of these sizes.
     *
     * @param known per operand whether it is the same constant in every run
     * @param inputs the arena's operands, which it changes from run to run
     * @param outputs the arena's results
     */
    NestStep(
            Nest nest,
            List<Extent> extents,
            boolean[] known,
            HostTensor[] inputs,
            HostTensor[] outputs) {
        this.nest = nest;
        this.extents = extents;
        this.known = known;
        this.inputs = inputs;
        this.outputs = outputs;
        columns = extents.get(0).columns();
        rows = extents.stream().mapToInt(Extent::rows).sum();
        blockColumns = nest.hasRows() ? columns : Math.min(columns, BLOCK);
        blockRows = blockColumns < columns ? 1 : Math.min(rows, Math.max(1, BLOCK / columns));
        across = (columns + blockColumns - 1) / blockColumns;
        blocks = (rows + blockRows - 1) / blockRows * across;
        boolean folds = false;
        for (var result : nest.results()) {
            folds |= result.fold() != null;
        }
        chunk = folds && rows > 1 ? (CHUNK + across - 1) / across * across : CHUNK;
        int chunks = (blocks + chunk - 1) / chunk;
        parts = new HostTensor[nest.results().size()];
        for (int i = 0; i < parts.length; i++) {
            var result = nest.results().get(i);
            var fold = result.fold();
            if (fold != null) {
                int width = result.columnsToo() ? 1 : columns;
                parts[i] =
                        fold instanceof SquaredDeviations
                                ? HostTensor.allocate(
                                        DType.FLOAT64,
                                        Shape.of(chunks, DeviationFolding.part(width)))
                                : HostTensor.allocate(
                                        nest.dtype(result.register()), Shape.of(chunks, width));
            }
        }
    }

    @Override
    public void run() {
        Parallel.loop(blocks, chunk, chunks);
        for (int i = 0; i < parts.length; i++) {
            var part = parts[i];
            if (part == null) {
                continue;
            }
            var fold = nest.results().get(i).fold();
            if (fold instanceof SquaredDeviations) {
                DeviationFolding.join(part, outputs[i]);
            } else if (part.shape().dim(0) == 1 || fold == null) {
                System.arraycopy(part.array(), 0, outputs[i].array(), 0, part.size());
            } else {
                folded[0] = part;
                total[0] = outputs[i];
                fold.run(folded, total);
                total[0] = part;
            }
        }
    }

    /**
     * Runs a part of the loop, whole rows, on what a contraction has just computed; only for one
     * loop without folds.
     */
    void part(int from, int to) {
        var worker = take();
        worker.rows(from / columns, to / columns);
        give(worker);
    }

    private void chunk(int from, int to) {
        var worker = take();
        worker.run(from, to);
        give(worker);
    }

    private Worker take() {
        synchronized (idle) {
            var worker = idle.poll();
            return worker == null ? new Worker() : worker;
        }
    }

    private void give(Worker worker) {
        synchronized (idle) {
            idle.push(worker);
        }
    }

    /** The blocks and sums of one thread. */
    private final class Worker {
        /** Blocks by size: the usual one and those at ends. */
        private final List<Block> made = new ArrayList<>();

        private final Block full = block(blockRows, blockColumns);
        private final @Nullable Folding[] foldings = new Folding[parts.length];
        private int run;

        Worker() {
            for (int i = 0; i < parts.length; i++) {
                var result = nest.results().get(i);
                var register = full.registers[result.register()];
                if (result.fold() instanceof Reduce fold) {
                    foldings[i] = new ElementFolding(fold, result, register, blockColumns, columns);
                } else if (result.fold() instanceof SquaredDeviations) {
                    foldings[i] =
                            new DeviationFolding(
                                    result.columnsToo(), register.size(), blockColumns, columns);
                }
            }
        }

        private Block block(int height, int width) {
            for (int i = 0; i < made.size(); i++) {
                var block = made.get(i);
                if (block.rows == height && block.columns == width) {
                    return block;
                }
            }
            if (made.size() == SIZES) {
                made.remove(SIZES - 1);
            }
            var block = new Block(nest, height, width);
            made.add(block);
            return block;
        }

        /** Runs blocks, numbered along the rows and in them along the columns. */
        void run(int from, int to) {
            run++;
            for (var folding : foldings) {
                if (folding != null) {
                    folding.begin();
                }
            }
            for (int i = from; i < to; i++) {
                int row = i / across * blockRows;
                int column = i % across * blockColumns;
                block(row, Math.min(blockRows, rows - row), column);
            }
            for (int i = 0; i < foldings.length; i++) {
                var folding = foldings[i];
                var part = parts[i];
                if (folding != null && part != null) {
                    folding.end(part, from / chunk);
                }
            }
        }

        /** Runs rows in blocks that may begin anywhere. */
        void rows(int from, int to) {
            run++;
            for (int row = from; row < to; row += blockRows) {
                for (int column = 0; column < columns; column += blockColumns) {
                    block(row, Math.min(blockRows, to - row), column);
                }
            }
        }

        private void block(int row, int height, int column) {
            var block = block(height, Math.min(blockColumns, columns - column));
            boolean first = block.run != run;
            if (first) {
                block.run = run;
                scalars(block);
            }
            load(block, row, column, first);
            block.compute();
            store(block, row, column);
        }

        /** Puts scalars into a block; constants only once. */
        private void scalars(Block block) {
            for (int i = 0; i < nest.operands().size(); i++) {
                if (nest.operands().get(i).level() == Level.SCALAR && !(block.filled && known[i])) {
                    scalar(block, i);
                }
            }
            block.filled = true;
        }

        private void scalar(Block block, int i) {
            var register = block.registers[i];
            if (register.dtype().lanes() == 1) {
                Fill.all(inputs[i].array(), register.array(), register.size());
            } else {
                System.arraycopy(
                        inputs[i].array(), 0, register.array(), 0, register.dtype().lanes());
            }
        }

        private void load(Block block, int row, int column, boolean first) {
            int operands = nest.operands().size();
            for (int i = 0; i < operands; i++) {
                var register = block.registers[i];
                int lanes = register.dtype().lanes();
                switch (nest.operands().get(i).level()) {
                    case SCALAR -> {}
                    case ROW ->
                            System.arraycopy(
                                    inputs[i].array(),
                                    row * lanes,
                                    register.array(),
                                    0,
                                    block.rows * lanes);
                    case FULL -> {
                        if (extents.size() == 1) {
                            System.arraycopy(
                                    inputs[i].array(),
                                    (row * columns + column) * lanes,
                                    register.array(),
                                    0,
                                    block.rows * block.columns * lanes);
                        } else {
                            pieces(inputs, i, operands, register, row, true);
                        }
                    }
                    case VIEW -> view(block, inputs[i], i, row, column, first);
                }
            }
        }

        private void view(
                Block block, HostTensor input, int operand, int row, int column, boolean first) {
            var access = extents.get(0).accesses().get(operand);
            if (access == null) {
                throw new IllegalStateException("a view without strides");
            }
            boolean repeats = access.dims().size() == 1 && access.strides().get(0) == 0;
            if (repeats && !first && blockColumns == columns) {
                return;
            }
            var to = block.registers[operand];
            for (int r = 0; r < block.rows; r++) {
                Fill.strided(
                        input.array(),
                        access.row(row + r) + column * access.inner(),
                        access.inner(),
                        to.array(),
                        r * block.columns,
                        block.columns,
                        to.dtype().lanes());
            }
        }

        private void store(Block block, int row, int column) {
            for (int i = 0; i < foldings.length; i++) {
                var result = nest.results().get(i);
                var register = block.registers[result.register()];
                int lanes = register.dtype().lanes();
                var folding = foldings[i];
                if (folding != null) {
                    folding.add(register, column);
                } else if (nest.level(result.register()) == Level.ROW) {
                    System.arraycopy(
                            register.array(),
                            0,
                            outputs[i].array(),
                            row * lanes,
                            block.rows * lanes);
                } else if (extents.size() == 1) {
                    System.arraycopy(
                            register.array(),
                            0,
                            outputs[i].array(),
                            (row * columns + column) * lanes,
                            block.rows * block.columns * lanes);
                } else {
                    pieces(outputs, i, parts.length, register, row, false);
                }
            }
        }

        /**
         * Copies between a block and the tensors of several loops that lie behind each other.
         *
         * @param tensors operands or results, {@code stride} per loop
         */
        private void pieces(
                HostTensor[] tensors, int i, int stride, HostTensor register, int row, boolean in) {
            int lanes = register.dtype().lanes();
            int start = 0;
            int end = row + register.shape().dim(0);
            for (int m = 0; m < extents.size() && start < end; m++) {
                int size = extents.get(m).rows();
                int from = Math.max(row, start);
                int n = Math.min(end, start + size) - from;
                if (n > 0) {
                    var outside = tensors[m * stride + i].array();
                    int at = (from - start) * lanes;
                    int inside = (from - row) * lanes;
                    if (in) {
                        System.arraycopy(outside, at, register.array(), inside, n * lanes);
                    } else {
                        System.arraycopy(register.array(), inside, outside, at, n * lanes);
                    }
                }
                start += size;
            }
        }
    }

    @Override
    public String toString() {
        return rows + " x " + columns + " " + nest.text();
    }
}
