package sungu.portable;

import sungu.compile.Plan;
import sungu.compile.Work;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * Where a program spends its time: per step calls and nanoseconds, with what the step has to do and
 * the layer it came from. {@code -Dsungu.profile} turns it on and prints all programs when the
 * process ends.
 *
 * <p>Loops and branches are steps of the program that holds them and have programs of their own:
 * their time counts in both.
 */
public final class Profile {
    /** Whether programs are timed. */
    static final boolean ON = isOn(System.getProperty("sungu.profile"));

    private static final List<Profile> ALL = new ArrayList<>();
    private static final int SHOWN = 40;

    static {
        if (ON) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> System.err.print(report()), "sungu-profile"));
        }
    }

    private record Line(String label, String place, Work work) {}

    private final String name;
    private final List<Line> lines;
    private final AtomicLongArray nanos;
    private final AtomicLongArray calls;

    private Profile(String name, List<Line> lines) {
        this.name = name;
        this.lines = lines;
        nanos = new AtomicLongArray(lines.size());
        calls = new AtomicLongArray(lines.size());
    }

    private static boolean isOn(String property) {
        return property != null && !property.equals("false");
    }

    /** The profile of a program; it keeps texts and numbers, not the program. */
    static Profile of(Plan plan, String name) {
        var graph = plan.graph();
        var title =
                (name.isEmpty() ? "a part" : name)
                        + " of "
                        + Arrays.stream(graph.inputTypes()).limit(4).toList()
                        + (graph.inputs().size() > 4
                                ? " and " + (graph.inputs().size() - 4) + " more"
                                : "");
        var profile =
                new Profile(
                        title,
                        plan.steps().stream()
                                .map(step ->
                                        new Line(
                                                step.group().label(),
                                                step.group().place(),
                                                Work.of(step.group())))
                                .toList());
        synchronized (ALL) {
            ALL.add(profile);
        }
        return profile;
    }

    /** The step, timed. */
    ProgramStep timed(int index, ProgramStep step) {
        return () -> {
            long start = System.nanoTime();
            step.run();
            add(index, System.nanoTime() - start);
        };
    }

    void add(int index, long time) {
        nanos.addAndGet(index, time);
        calls.incrementAndGet(index);
    }

    private long total() {
        return IntStream.range(0, nanos.length()).mapToLong(nanos::get).sum();
    }

    /** All programs so far, the one that took most time first. */
    public static String report() {
        if (!ON) {
            return "no profile: start the process with -Dsungu.profile\n";
        }
        List<Profile> profiles;
        synchronized (ALL) {
            profiles = new ArrayList<>(ALL);
        }
        profiles.removeIf(profile -> profile.total() == 0);
        profiles.sort(Comparator.comparingLong(Profile::total).reversed());
        var text = new StringBuilder();
        profiles.forEach(profile -> text.append(profile.text()));
        return text.toString();
    }

    /** This program's steps, the one that took most time first. */
    String text() {
        long all = Math.max(1, total());
        var order =
                IntStream.range(0, lines.size())
                        .boxed()
                        .sorted(Comparator.comparingLong((Integer i) -> nanos.get(i)).reversed())
                        .toList();
        var text = new StringBuilder();
        long runs = IntStream.range(0, lines.size()).mapToLong(calls::get).max().orElse(0);
        text.append(
                String.format(
                        Locale.ROOT,
                        "program %s: %d runs, %.3f ms, %.1f us each%n",
                        name,
                        runs,
                        all / 1e6,
                        all / 1e3 / Math.max(1, runs)));
        text.append(
                String.format(
                        "%10s %6s %10s %9s %8s  %s%n",
                        "ms", "%", "us/call", "GFLOP/s", "GB/s", "step"));
        for (int i : order.subList(0, Math.min(SHOWN, order.size()))) {
            var line = lines.get(i);
            double time = Math.max(1, nanos.get(i));
            long count = calls.get(i);
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%10.3f %6.1f %10.2f %9.2f %8.2f  %d: %s%s%n",
                            time / 1e6,
                            100 * time / all,
                            time / 1e3 / Math.max(1, count),
                            line.work.flops() * count / time,
                            line.work.bytes() * count / time,
                            i,
                            line.label,
                            line.place.isEmpty() ? "" : "  [" + line.place + "]"));
        }
        if (order.size() > SHOWN) {
            double rest = order.stream().skip(SHOWN).mapToLong(nanos::get).sum();
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%10.3f %6.1f  %d more steps%n",
                            rest / 1e6,
                            100 * rest / all,
                            order.size() - SHOWN));
        }
        return text.toString();
    }
}
