import org.jspecify.annotations.NullMarked;

/**
 * What TensorFlow has beside dense tensors: ragged, sparse and string tensors, sets, queues and
 * lookup tables. Values are immutable, and gradients flow to the tensors inside them.
 */
@NullMarked
module sungu.structures {
    requires transitive sungu.engine;
    requires re2j;
    requires static org.jspecify;

    exports sungu.lookup;
    exports sungu.queue;
    exports sungu.strings;
    exports sungu.ragged;
    exports sungu.sets;
    exports sungu.sparse;
}
