package sungu.keras.layers;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.config.Codecs;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Cells of which each takes the output of the one before, as one cell. */
public final class StackedRNNCells extends Layer.Of<StackedRNNCells> implements RecurrentCell {
    private static final sungu.keras.config.Codec<Layer> CELL =
            Codecs.object("a recurrent cell", Layer.class);
    static final Setting<List<Layer>> CELLS =
            Setting.of(
                            "cells",
                            Codecs.<List<Layer>>of(
                                    "a list of recurrent cells",
                                    cells -> cells.stream().map(CELL::encode).toList(),
                                    StackedRNNCells::decode))
                    .check(
                            cells ->
                                    !cells.isEmpty()
                                            && cells.stream()
                                                    .allMatch(RecurrentCell.class::isInstance),
                            "a list of recurrent cells");
    static final ObjectType<StackedRNNCells> TYPE =
            typed("StackedRNNCells", StackedRNNCells::new, CELLS);

    private StackedRNNCells() {}

    /** The cells, from the input to the output. */
    public StackedRNNCells(List<? extends Layer> cells) {
        set(CELLS, List.copyOf(cells));
        configured();
    }

    private static List<Layer> decode(Object tree) {
        if (!(tree instanceof List<?> list)) {
            throw Codecs.expected("a list of recurrent cells", tree);
        }
        var cells = new ArrayList<Layer>();
        list.forEach(item -> cells.add(CELL.decode(Objects.requireNonNullElse(item, Codecs.NULL))));
        return cells;
    }

    @Override
    public ObjectType<StackedRNNCells> type() {
        return TYPE;
    }

    @Override
    protected void configured() {
        super.configured();
        trackAll("cells", get(CELLS));
    }

    private List<RecurrentCell> cells() {
        return get(CELLS).stream().map(RecurrentCell.class::cast).toList();
    }

    @Override
    public int outputSize() {
        return cells().getLast().outputSize();
    }

    @Override
    public Tensors initialState(int rows) {
        return new Tensors.Items(cells().stream().map(cell -> cell.initialState(rows)).toList());
    }

    @Override
    protected List<String> parameters() {
        return List.of("inputs", "states", "training");
    }

    @Override
    protected void build(Shape input) {
        var shape = input;
        for (var cell : get(CELLS)) {
            cell.buildFor(shape);
            shape = Shape.of(input.dim(0), ((RecurrentCell) cell).outputSize());
        }
    }

    @Override
    protected Tensors call(Arguments arguments, CallContext context) {
        var input = input(arguments);
        var given = Arguments.of(arguments.named().get("states")).tensors();
        int rows = input.shape().dim(0);
        var pass = pass(rows, context.training());
        var step = pass.step(pass.prepare(input), initialState(rows).with(given));
        return new Tensors.Items(List.of(Tensors.of(step.output()), step.states()));
    }

    @Override
    public Pass pass(int rows, boolean training) {
        var passes = cells().stream().map(cell -> cell.pass(rows, training)).toList();
        return new Pass() {
            @Override
            public Tensor prepare(Tensor inputs) {
                return passes.getFirst().prepare(inputs);
            }

            @Override
            public Step step(Tensor prepared, Tensors states) {
                var after = new ArrayList<Tensors>();
                var made = passes.getFirst().step(prepared, states.at(0));
                after.add(made.states());
                for (int i = 1; i < passes.size(); i++) {
                    var pass = passes.get(i);
                    made = pass.step(pass.prepare(made.output()), states.at(i));
                    after.add(made.states());
                }
                return new Step(made.output(), new Tensors.Items(after));
            }
        };
    }
}
