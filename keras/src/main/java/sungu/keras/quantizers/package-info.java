/**
 * Tensors in fewer bits: integers with a scale, packed 4-bit integers and ternary digits, 8-bit
 * floats; and what layers are told about them.
 */
package sungu.keras.quantizers;
