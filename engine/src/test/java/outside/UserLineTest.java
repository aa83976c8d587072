package outside;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.TracedFunction;

/** Stands outside of Sungu's packages, as users' code does. */
class UserLineTest {
    @Test
    void readingATracedValueNamesTheLine() {
        var function = TracedFunction.of("f", UserLineTest::body);
        var error = assertThrows(TensorException.class, () -> function.call(Tensor.of(2f)));
        assertTrue(
                error.problem()
                        .matches(
                                "(?s)the value of a traced tensor f32\\[\\] can't be read: the"
                                        + " function is being traced\n"
                                        + "  at UserLineTest.java:\\d+ \\(body\\)"),
                error.problem());
        assertTrue(
                error.hint().contains("Controls.cond") && error.hint().contains("Controls.scan"),
                error.hint());
    }

    private static Tensor[] body(Tensor[] x) {
        return new Tensor[] {x[0].plus(x[0].floatValue())};
    }
}
