package sungu.primitive;

/**
 * A primitive that the compiler does not look into, such as sort, gather or fft; it runs its own
 * kernel.
 */
public non-sealed interface Opaque extends Primitive {
    /**
     * Whether the shapes of the outputs depend on the elements of the inputs. Such a primitive is
     * eager-only: it overrides {@link #evaluate}, and in a trace its use is an error that says so.
     */
    default boolean dynamic() {
        return false;
    }
}
