package sungu.queue;

import sungu.tensor.Tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** What waits in a queue, and in which order it comes out. Its queue keeps threads apart. */
sealed interface Store {
    /** Puts an element in. */
    void add(Tensor[] element);

    /** Takes the next element out; there is one. */
    Tensor[] take();

    /** Puts elements back that were taken last, in the order in which they came out. */
    void restore(List<Tensor[]> elements);

    int size();

    /** In the order in which they came. */
    final class Fifo implements Store {
        private final ArrayDeque<Tensor[]> elements = new ArrayDeque<>();

        @Override
        public void add(Tensor[] element) {
            elements.addLast(element);
        }

        @Override
        public Tensor[] take() {
            return elements.removeFirst();
        }

        @Override
        public void restore(List<Tensor[]> taken) {
            taken.reversed().forEach(elements::addFirst);
        }

        @Override
        public int size() {
            return elements.size();
        }
    }

    /** The smallest first component first, equal ones in the order in which they came. */
    final class Priority implements Store {
        private record Ranked(long priority, long number, Tensor[] element) {}

        private final PriorityQueue<Ranked> elements =
                new PriorityQueue<>(
                        Comparator.comparingLong(Ranked::priority)
                                .thenComparingLong(Ranked::number));

        private long added;
        private long restored;

        @Override
        public void add(Tensor[] element) {
            elements.add(new Ranked(element[0].longValue(), added++, element));
        }

        @Override
        public Tensor[] take() {
            return elements.remove().element();
        }

        @Override
        public void restore(List<Tensor[]> taken) {
            for (var element : taken.reversed()) {
                elements.add(new Ranked(element[0].longValue(), --restored, element));
            }
        }

        @Override
        public int size() {
            return elements.size();
        }
    }

    /** In an order by chance, the same for the same seed. */
    final class Shuffle implements Store {
        private final List<Tensor[]> elements = new ArrayList<>();
        private final SplittableRandom random;

        Shuffle(long seed) {
            random = new SplittableRandom(seed);
        }

        @Override
        public void add(Tensor[] element) {
            elements.add(element);
        }

        @Override
        public Tensor[] take() {
            int chosen = random.nextInt(elements.size());
            var last = elements.removeLast();
            return chosen == elements.size() ? last : elements.set(chosen, last);
        }

        @Override
        public void restore(List<Tensor[]> taken) {
            elements.addAll(taken);
        }

        @Override
        public int size() {
            return elements.size();
        }
    }
}
