package sungu.portable;

import org.jspecify.annotations.Nullable;

import sungu.bytecode.Bytecode;
import sungu.bytecode.Loops;
import sungu.bytecode.Method;
import sungu.bytecode.ProgramClass;
import sungu.compile.Plan;
import sungu.tensor.HostTensor;

import java.util.ArrayList;

/** The nests of a plan that have become methods of one class. */
final class Emission {
    private final Loops loops;

    /** Per step its method; null where the step runs portably. */
    private final @Nullable Method[] methods;

    private final int[] numbers;

    private Emission(Loops loops, @Nullable Method[] methods, int[] numbers) {
        this.loops = loops;
        this.methods = methods;
        this.numbers = numbers;
    }

    /** Emits what is worth it; null when nothing is. */
    static @Nullable Emission of(Plan plan) {
        int count = plan.steps().size();
        var methods = new @Nullable Method[count];
        var numbers = new int[count];
        var list = new ArrayList<Method>();
        for (int s = 0; s < count; s++) {
            var group = plan.steps().get(s).group();
            var nest = group.nest();
            var method = nest == null ? null : Bytecode.method(nest, group.extents());
            if (method != null) {
                methods[s] = method;
                numbers[s] = list.size();
                list.add(method);
            }
        }
        return list.isEmpty() ? null : new Emission(ProgramClass.define(list), methods, numbers);
    }

    /** Whether a step has a method. */
    boolean has(int step) {
        return methods[step] != null;
    }

    /** The step that runs the method in the place of {@code portable}. */
    ProgramStep step(
            int s, Plan.Step step, HostTensor[] inputs, HostTensor[] outputs, NestStep portable) {
        var method = methods[s];
        var nest = step.group().nest();
        if (method == null || nest == null) {
            return portable;
        }
        return new MethodStep(
                loops, numbers[s], method, nest, step.group().extents(), inputs, outputs, portable);
    }
}
