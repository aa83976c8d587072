package sungu.portable;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.compile.Plan;
import sungu.graph.GraphText;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.trace.TracedFunction;

import java.lang.ref.WeakReference;
import java.util.ArrayList;

class MemoryTest {
    @Test
    void programsAndArenasOfDroppedFunctionsAreCollected() throws InterruptedException {
        var references = new ArrayList<WeakReference<Object>>();
        for (int i = 0; i < 20; i++) {
            var function = TracedFunction.of("f", x -> new Tensor[] {x[0].times(2).sum().exp()});
            var input = Tensor.zeros(Shape.of(100), DType.FLOAT32);
            function.call(input);
            references.add(new WeakReference<>(function.program(input)));
        }
        for (int tries = 0;
                tries < 50 && references.stream().anyMatch(r -> r.get() != null);
                tries++) {
            System.gc();
            Thread.sleep(10);
        }
        references.forEach(reference -> assertNull(reference.get()));
    }

    @Test
    void aPooledArenaKeepsNoArgumentAlive() throws InterruptedException {
        var function = TracedFunction.of("f", x -> new Tensor[] {x[0].times(2)});
        var reference =
                new WeakReference<>(
                        function.call(Tensor.zeros(Shape.of(1000), DType.FLOAT32))[0]
                                .host()
                                .array());
        for (int tries = 0; tries < 50 && reference.get() != null; tries++) {
            System.gc();
            Thread.sleep(10);
        }
        assertTrue(reference.get() == null);
    }

    @Test
    void valuesWithSeparateLivesShareAnArray() {
        var plan =
                Plan.of(
                        GraphText.parse(
                                """
                                graph(%0: f32[100,100], %1: f32[100,80]) {
                                  %2: f32[100,80] = dot_general(%0, %1) D
                                  %3: f32[100,80] = dot_general(%0, %2) D
                                  %4: f32[100,80] = dot_general(%0, %3) D
                                  %5: f32[100,100] = dot_general(%0, %0) D
                                  %6: f32[100,80] = dot_general(%5, %4) D
                                  %7: f32[] = reduce(%6) {fold=SUM, axes=[0, 1]}
                                return %7
                                }\
                                """
                                        .replace(
                                                "D\n",
                                                "{leftBatch=[], rightBatch=[], leftContract=[1],"
                                                        + " rightContract=[0]}\n")));
        assertTrue(
                plan.text()
                        .endsWith(
                                "arena: 104000 bytes in 3 arrays, 104000 wanted at one time; 168000"
                                        + " without sharing, 168004 without fusion\n"),
                plan.text());
    }
}
