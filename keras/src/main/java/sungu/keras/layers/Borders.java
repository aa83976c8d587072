package sungu.keras.layers;

import sungu.keras.config.Codecs;
import sungu.keras.config.Setting;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How much is put to, or taken from, both ends of each spatial dimension: pairs (before, after).
 */
final class Borders {
    private Borders() {}

    /**
     * A setting of one pair per dimension. In configs it may be one number for all, a number per
     * dimension for both its ends, or the pairs; for a single dimension it is its pair.
     */
    static Setting<List<List<Integer>>> setting(String name, int count) {
        String what =
                count == 1
                        ? "an integer or a list of 2 integers"
                        : "an integer, " + count + " integers or " + count + " pairs of integers";
        return Setting.of(
                        name,
                        Codecs.<List<List<Integer>>>of(
                                what,
                                pairs -> count == 1 ? pairs.getFirst() : pairs,
                                tree -> decode(tree, count, what)))
                .nonNegative();
    }

    private static List<List<Integer>> decode(Object tree, int count, String what) {
        if (!(tree instanceof List<?> list)) {
            var same = Codecs.INTEGER.decode(tree);
            return Collections.nCopies(count, List.of(same, same));
        }
        if (count == 1) {
            return List.of(pair(list, what));
        }
        if (list.size() != count) {
            throw Codecs.expected(what, tree);
        }
        var pairs = new ArrayList<List<Integer>>();
        for (var item : list) {
            pairs.add(
                    item instanceof List<?> both
                            ? pair(both, what)
                            : Collections.nCopies(
                                    2, Codecs.INTEGER.decode(item == null ? Codecs.NULL : item)));
        }
        return pairs;
    }

    private static List<Integer> pair(List<?> list, String what) {
        if (list.size() != 2) {
            throw Codecs.expected(what, list);
        }
        return Codecs.INTS.decode(list);
    }

    /**
     * What a user gave: one number for all, one per dimension, or before and after per dimension.
     */
    static List<List<Integer>> of(String name, int count, int... given) {
        if (given.length != 1 && given.length != count && given.length != 2 * count) {
            throw new TensorException(
                    name
                            + " takes 1, "
                            + (count == 1 ? "" : count + " ")
                            + "or "
                            + 2 * count
                            + " numbers, got "
                            + given.length);
        }
        var pairs = new ArrayList<List<Integer>>();
        for (int i = 0; i < count; i++) {
            pairs.add(
                    given.length == 2 * count
                            ? List.of(given[2 * i], given[2 * i + 1])
                            : Collections.nCopies(2, given[given.length == 1 ? 0 : i]));
        }
        return pairs;
    }

    /** The first or second entries, by dimension of an input of rank {@code count + 2}. */
    static int[] ends(List<List<Integer>> pairs, int end, int firstAxis) {
        var all = new int[pairs.size() + 2];
        for (int i = 0; i < pairs.size(); i++) {
            all[firstAxis + i] = pairs.get(i).get(end);
        }
        return all;
    }
}
