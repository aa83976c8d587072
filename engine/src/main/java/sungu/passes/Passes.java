package sungu.passes;

import sungu.graph.Graph;
import sungu.graph.Verifier;
import sungu.primitive.Control;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pipeline of passes that every graph goes through before it is planned. To add a pass, write
 * its file and its line here.
 */
public final class Passes {
    private static final List<Pass> PIPELINE =
            List.of(
                    new MergeScans(),
                    new ScanTrimming(),
                    new ScanHoisting(),
                    new ScanSinking(),
                    new ConstantFolding(),
                    new Simplification(),
                    new MovementSinking(),
                    new MovementCancelling(),
                    new SmallerReductions(),
                    new CanonicalContractions(),
                    new ScanOperands(),
                    new ScaleFolding(),
                    new CommonSubexpressions(),
                    new DeadCode());

    /** What runs once, before the rounds. */
    private static final List<Pass> FIRST =
            List.of(new InlineCalls(), new DeadCode(), new CommonSubexpressions());

    /** What runs once at the end: other passes would take it back. */
    private static final List<Pass> LAST =
            List.of(
                    new SquaresAroundMeans(),
                    new OperandLayouts(),
                    new Recomputation(),
                    new DeadCode());

    /** Rounds end earlier, as soon as all passes have changed nothing one after the other. */
    private static final int ROUNDS = 8;

    private Passes() {}

    /** Rewrites a graph into one that computes the same with less work. */
    public static Graph run(Graph graph) {
        var result = graph;
        for (var pass : FIRST) {
            result = apply(pass, result);
        }
        int passes = PIPELINE.size();
        for (int i = 0, idle = 0; idle < passes && i < ROUNDS * passes; i++) {
            var before = result;
            result = apply(PIPELINE.get(i % passes), before);
            idle = result == before ? idle + 1 : 0;
        }
        for (var pass : LAST) {
            result = apply(pass, result);
        }
        return result;
    }

    /** Runs the pass of that name alone, for tests. */
    static Graph run(String name, Graph graph) {
        return apply(
                all().filter(pass -> pass.name().equals(name)).findFirst().orElseThrow(), graph);
    }

    private static Stream<Pass> all() {
        return Stream.of(FIRST, PIPELINE, LAST).flatMap(List::stream);
    }

    private static Graph apply(Pass pass, Graph graph) {
        long start = System.nanoTime();
        var result = pass.run(inside(pass, graph));
        if (Verifier.ON && result != graph) {
            Verifier.check(result, pass.name());
        }
        Dump.pass(pass.name(), graph, result, System.nanoTime() - start);
        return result;
    }

    /** Runs a pass in the graphs that control primitives hold. */
    private static Graph inside(Pass pass, Graph graph) {
        boolean any = false;
        for (var node : graph.nodes()) {
            any |= node.primitive() instanceof Control;
        }
        return !any
                ? graph
                : Rewriter.rewrite(
                        graph,
                        (node, inputs, into) -> {
                            if (!(node.primitive() instanceof Control control)) {
                                return null;
                            }
                            boolean changed = false;
                            var graphs = new ArrayList<Graph>();
                            for (var inner : control.graphs()) {
                                var rewritten = apply(pass, inner);
                                changed |= rewritten != inner;
                                graphs.add(rewritten);
                            }
                            return changed
                                    ? into.nodes(control.with(graphs), node.place(), inputs)
                                    : null;
                        });
    }

    /** The simple name of the class of a pass. */
    static String className(String name) {
        return all().filter(pass -> pass.name().equals(name))
                .findFirst()
                .orElseThrow()
                .getClass()
                .getSimpleName();
    }

    /** The names of the passes, in order. */
    static List<String> names() {
        return all().map(Pass::name).distinct().toList();
    }
}
