package sungu.bytecode;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.Consumer;

/** One nest as a method. */
public interface Method {
    /** A method that the method of a nest calls. */
    record Part(MethodTypeDesc type, Consumer<CodeBuilder> body) {}

    /**
     * Writes the body; the parameters are those of {@link Loops#run} without the number.
     *
     * @param name what the parts are called, with their number behind it
     */
    void write(CodeBuilder code, String name);

    /** Methods that are called by this one. */
    List<Part> parts();

    /** New arrays for intermediate values. */
    Object[] scratch();

    /** Whether the loop may be cut anywhere, and its pieces run side by side. */
    boolean splits();

    /**
     * Whether an operand may lie in the array of a result, of which each element is then read
     * before it is written.
     */
    boolean inPlace();
}
