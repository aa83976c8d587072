package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Codecs;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;

import java.util.List;

/** Any cell, or several on top of each other, over sequences. */
public final class RNN extends RecurrentLayer<RNN> {
    static final Setting<Layer> CELL =
            Setting.of("cell", Codecs.object("a recurrent cell", Layer.class))
                    .check(cell -> cell instanceof RecurrentCell, "a recurrent cell");
    static final ObjectType<RNN> TYPE = typed("RNN", RNN::new, recurrent(CELL));

    private @Nullable Layer cell;

    private RNN() {}

    /** Repeats a cell: a layer that is a {@link RecurrentCell}. */
    public RNN(Layer cell) {
        set(CELL, cell);
    }

    /** Repeats cells of which each takes the output of the one before. */
    public RNN(List<? extends Layer> cells) {
        this(new StackedRNNCells(cells));
    }

    @Override
    public ObjectType<RNN> type() {
        return TYPE;
    }

    @Override
    public void settle() {
        super.settle();
        cell();
    }

    @Override
    RecurrentCell cell() {
        var known = cell;
        if (known == null) {
            known = track("cell", get(CELL));
            cell = known;
        }
        return (RecurrentCell) known;
    }
}
