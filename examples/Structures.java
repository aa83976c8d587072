import module sungu.keras;
import module sungu.structures;

/**
 * What there is beside dense tensors: ragged and sparse tensors, strings, sets, queues, tensor
 * arrays and lookup tables.
 */
void main() {
    ragged();
    sparse();
    strings();
    sets();
    queues();
    tensorArrays();
    tables();
}

/** Rows of different lengths. */
void ragged() {
    IO.println("\nRagged tensors");
    var digits = RaggedTensor.ofLists(List.of(List.of(3, 1, 4, 1), List.of(), List.of(5, 9, 2)));
    show("digits", digits);

    // A ragged tensor is flat values and the positions at which its rows begin.
    show("flat values", digits.flatValues());
    show("row splits", digits.rowPartition().splits());

    // Operations see the elements that are there, whatever the lengths.
    show("digits + 10", RaggedElements.map(x -> x.plus(10), digits));
    show("sums of rows", RaggedReductions.sum(digits, false, 1).flatValues());
    show("means of columns", RaggedReductions.mean(digits, false, 0).flatValues());
}

/** Tensors of which few elements are not zero. */
void sparse() {
    IO.println("\nSparse tensors");
    var few =
            SparseTensor.of(Tensor.of(new long[][] {{0, 0}, {1, 2}}), Tensor.ofFloats(1, 2), 3, 4);
    show("few", few);
    show("dense", Sparse.toDense(few));

    // Multiplying costs as much as there are values.
    var ones = Tensor.ones(Shape.of(4, 2), DType.FLOAT32);
    show("few . ones", SparseMath.matmul(few, ones));
}

/** Strings are bytes; what looks at characters says so. */
void strings() {
    IO.println("\nStrings");
    var cafe = Tensor.of("café");
    show("bytes", Strings.length(cafe, Unit.BYTE));
    show("characters", Strings.length(cafe, Unit.UTF8_CHAR));
    show("code points", Unicode.decode(cafe, "UTF-8", Errors.STRICT).flatValues());

    var lines = Tensor.of(new String[] {"Seven seas", "Red, and yellow"});
    var words = Strings.split(Strings.regexReplace(Strings.lower(lines), "[^a-z ]", ""));
    show("words", words);
    show("pairs", Strings.ngrams(words, Ngrams.of(2)));

    // The very hashes of TensorFlow: a word finds its bucket again, there and here.
    show("buckets", Strings.toHashBucketFast(words.flatValues(), 100));
}

/** The last dimension of a tensor as a set. */
void sets() {
    IO.println("\nSets");
    var a = Tensor.of(new int[][] {{1, 2, 3}, {4, 5, 5}});
    var b = Tensor.of(new int[][] {{3, 1, 9}, {6, 7, 8}});
    show("in both", Sparse.toDense(Sets.intersection(a, b)));
    show("sizes of unions", Sets.size(Sets.union(a, b)));
}

/** What threads hand on to one another. */
void queues() {
    IO.println("\nQueues");
    var queue = TensorQueue.fifo(2, Component.of(DType.INT32, new int[0]));
    var producer =
            Thread.ofVirtual()
                    .start(() -> {
                        // There is room for two at a time, so this waits.
                        queue.enqueueMany(Tensor.ofInts(1, 4, 9, 16, 25));
                        queue.close();
                    });
    show("two", queue.dequeueMany(2).get(0));
    show("the rest", queue.dequeueUpTo(10).get(0));
    try {
        queue.dequeue();
    } catch (QueueException e) {
        show("then", e.reason());
    }
    try {
        producer.join();
    } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
    }

    var urgent = TensorQueue.priority(10, Component.of(DType.STRING, new int[0]));
    urgent.enqueueMany(Tensor.of(new long[] {3, 1}), Tensor.of(new String[] {"later", "now"}));
    show("first", urgent.dequeue().get(1));
}

/** What a loop computes step by step; gradients flow through it. */
void tensorArrays() {
    IO.println("\nTensor arrays");
    var x = Tensor.ofFloats(1, 2, 3);
    try (var tape = new GradientTape()) {
        tape.watch(x);
        var sums = new TensorArray(DType.FLOAT32, 3).clearAfterRead(false);
        var sum = Tensor.of(0f);
        for (int i = 0; i < 3; i++) {
            sum = sum.plus(x.get(i).square());
            sums.write(i, sum);
        }
        var stacked = sums.stack();
        show("running sums", stacked);
        show("their gradient", tape.gradient(stacked.sum(), x));
    }
}

/** Values for keys. */
void tables() {
    IO.println("\nLookup tables");
    var words = Tensor.of(new String[] {"seas", "red", "blue"});
    var vocabulary =
            new StaticVocabularyTable(
                    KeyValues.of(
                            Tensor.of(new String[] {"seas", "red"}), Tensor.of(new long[] {0, 1})),
                    2);
    show("numbers", vocabulary.lookup(words));

    var counts = new MutableHashTable(DType.STRING, Tensor.of(0));
    for (var word : List.of("red", "seas", "red")) {
        var key = Tensor.of(word);
        counts.insert(key, counts.lookup(key).plus(1));
    }
    show("counts", counts.lookup(words));
}

/** Prints a value beside its name. */
void show(String name, Object value) {
    IO.println("%-18s %s".formatted(name, value.toString().replace("\n", "\n" + " ".repeat(19))));
}
