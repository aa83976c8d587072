package sungu.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import sungu.backend.Backends;
import sungu.graph.GraphText;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Arrays;

class HostProgramTest {
    @Test
    void runsIntoGivenOutputs() {
        var graph =
                GraphText.parse(
                        """
                        graph(%0: f32[2], %1: f32[2]) {
                          %2: f32[2] = constant() {value=f32[2](7.0, 8.0)}
                          %3: f32[2] = add(%0, %1)
                          %4: f32[1,2] = reshape(%3) {shape=[1,2]}
                          return %0, %2, %3, %3, %4
                        }\
                        """);
        var arguments =
                new HostTensor[] {
                    Tensor.of(new float[] {1, 2}).host(), Tensor.of(new float[] {10, 20}).host()
                };
        var outputs = new HostTensor[5];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] =
                    new HostTensor(
                            DType.FLOAT32,
                            i == 4 ? Shape.of(1, 2) : Shape.of(2),
                            new float[] {-1, -1});
        }
        Backends.program(graph).run(arguments, outputs);
        assertEquals("[1.0, 2.0]", Arrays.toString(outputs[0].toFloats()));
        assertEquals("[7.0, 8.0]", Arrays.toString(outputs[1].toFloats()));
        for (int i = 2; i < 5; i++) {
            assertEquals("[11.0, 22.0]", Arrays.toString(outputs[i].toFloats()));
        }
    }
}
