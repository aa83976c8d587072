package sungu.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The names of the layers being built or called on this thread, outermost first: what the paths of
 * weights begin with, such as {@code mlp/dense}.
 */
public final class NameScope {
    private record Entry(String name, Object owner) {}

    private static final ThreadLocal<List<Entry>> STACK = ThreadLocal.withInitial(ArrayList::new);

    private NameScope() {}

    /** The names so far, joined by slashes; empty outside of all layers. */
    public static String path() {
        var stack = STACK.get();
        var path = new StringBuilder();
        for (var entry : stack) {
            path.append(path.isEmpty() ? "" : "/").append(entry.name());
        }
        return path.toString();
    }

    /** Runs {@code body} with a name added, unless its owner has added it just before. */
    public static <T> T within(String name, Object owner, Supplier<T> body) {
        var stack = STACK.get();
        if (!stack.isEmpty() && stack.getLast().owner() == owner) {
            return body.get();
        }
        stack.add(new Entry(name, owner));
        try {
            return body.get();
        } finally {
            stack.removeLast();
        }
    }
}
