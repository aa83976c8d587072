/** Known image models, with Keras' layer names so that its weight files fit. */
@org.jspecify.annotations.NullMarked
package sungu.keras.applications;
