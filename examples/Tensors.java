import module sungu.keras;

/**
 * What tensors are: values of one dtype and shape that never change. And what variables are:
 * tensors that do.
 */
void main() {
    // From Java arrays of any rank; the dtype is that of the array.
    var a = Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}});
    show("a", a);

    // Indexing as in Python, by text or by numbers; negative ones count from the end.
    show("a.get(0)", a.get(0));
    show("a.get(\":, 1:\")", a.get(":, 1:"));
    show("a.get(-1, -1)", a.get(-1, -1));

    // Arithmetic goes element by element; dimensions of 1 are stretched to fit.
    show("a.times(10).plus(1)", a.times(10).plus(1));
    show("a.mean(0)", a.mean(0));
    show("a.matmul(a.transpose())", a.matmul(a.transpose()));

    // Dtypes are strict: nothing is converted behind your back. The error says what to write
    // instead.
    var counts = Tensor.of(new int[] {1, 2, 3});
    try {
        a.plus(counts);
    } catch (TensorException error) {
        show("a.plus(counts)", "fails: " + error.getMessage());
    }
    show("... with a cast", a.plus(counts.cast(DType.FLOAT32)));

    // A variable works wherever a tensor does. What was read from it before stays as it was.
    var total = new Variable(Tensor.zeros(Shape.of(3), DType.FLOAT32), "total");
    var before = total.value();
    total.assignAdd(a.sum(0));
    total.assignAt("0", Tensor.of(100f));
    show("total, read before", before);
    show("total, read now", total.value());
    show("total.times(2)", total.times(2));
}

/** Prints a value beside the code that makes it. */
void show(String code, Object value) {
    IO.println("%-24s %s".formatted(code, value.toString().replace("\n", "\n" + " ".repeat(25))));
}
