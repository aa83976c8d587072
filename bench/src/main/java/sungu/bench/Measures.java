package sungu.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of one workload and their JSON line. */
final class Measures {
    private final String workload;
    private final double startSeconds;
    private final Map<String, Double> figures = new LinkedHashMap<>();

    /** Figures of a workload that begins now. */
    Measures(String workload) {
        this.workload = workload;
        startSeconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
    }

    void put(String figure, double value) {
        figures.put(figure, value);
    }

    /** The middle one of several times. */
    static double median(double... times) {
        var sorted = times.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** {@code import_s} is the time from the start of the process until the workload began. */
    String json() {
        var text =
                figures.entrySet().stream()
                        .map(entry ->
                                String.format(
                                        Locale.ROOT,
                                        "\"%s\": %.6f",
                                        entry.getKey(),
                                        entry.getValue()))
                        .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "{\"workload\": \"%s\", \"framework\": \"sungu\", \"import_s\": %.3f,"
                        + " \"peak_rss_mb\": %d, %s}",
                workload,
                startSeconds,
                peakMegabytes(),
                text);
    }

    /** The peak resident memory where the system tells (Linux), else -1. */
    private static long peakMegabytes() {
        try {
            for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
                }
            }
        } catch (IOException e) {
            return -1;
        }
        return -1;
    }
}
