package sungu.compile;

/**
 * The rows of a value that a step reads where they lie.
 *
 * @param offset the element with which the first row begins
 * @param step from row to row
 * @param count how many rows there are
 * @param width how many neighbouring elements a row has
 * @param named whether the next value that is read holds the index vectors of the rows
 */
public record Rows(int offset, int step, int count, int width, boolean named) {}
