package sungu.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The figures of several frameworks and their ratios. */
final class Comparison {
    private static final String OWN = "sungu";
    private static final Pattern FRAMEWORK = Pattern.compile("\"framework\": \"([^\"]+)\"");
    private static final Pattern FIGURE = Pattern.compile("\"(\\w+)\": ([-+.eE0-9]+)");

    /** The figures that are compared, of those that a workload prints. */
    private static final List<String> COMPARED =
            List.of(
                    "steps_per_s",
                    "images_per_s",
                    "predict_us",
                    "call_us",
                    "us",
                    "first_epoch_s",
                    "peak_rss_mb");

    /** By workload, figure and framework. */
    private final Map<String, Map<String, Map<String, List<Double>>>> all = new LinkedHashMap<>();

    /** Adds what a framework printed for a workload; false if that has no figures. */
    boolean add(String workload, String line) {
        var framework = FRAMEWORK.matcher(line);
        if (!framework.find() || line.contains("\"error\"")) {
            return false;
        }
        var figures = FIGURE.matcher(line);
        while (figures.find()) {
            if (COMPARED.contains(figures.group(1))) {
                all.computeIfAbsent(workload, key -> new LinkedHashMap<>())
                        .computeIfAbsent(figures.group(1), key -> new TreeMap<>())
                        .computeIfAbsent(framework.group(1), key -> new ArrayList<>())
                        .add(Double.parseDouble(figures.group(2)));
            }
        }
        return true;
    }

    private static double median(List<Double> values) {
        return Measures.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Whether a larger value of a figure is better. */
    private static boolean isRate(String figure) {
        return figure.endsWith("_per_s");
    }

    /**
     * One figure of one workload: medians by framework, and how often better than the best peer.
     */
    private record Row(String figure, Map<String, Double> medians, double ratio) {}

    private List<Row> rows(String workload) {
        var rows = new ArrayList<Row>();
        for (var figure : COMPARED) {
            var byFramework = all.getOrDefault(workload, Map.of()).getOrDefault(figure, Map.of());
            var medians = new LinkedHashMap<String, Double>();
            byFramework.forEach((framework, values) -> medians.put(framework, median(values)));
            if (!medians.isEmpty()) {
                rows.add(new Row(figure, medians, ratio(figure, medians)));
            }
        }
        return rows;
    }

    private static double ratio(String figure, Map<String, Double> medians) {
        double own = medians.getOrDefault(OWN, Double.NaN);
        double best = Double.NaN;
        for (var entry : medians.entrySet()) {
            double value = entry.getValue();
            if (!entry.getKey().equals(OWN)
                    && (Double.isNaN(best) || (isRate(figure) ? value > best : value < best))) {
                best = value;
            }
        }
        return isRate(figure) ? own / best : best / own;
    }

    /** The rows of one workload, as text. */
    String text(String workload) {
        var text = new StringBuilder();
        for (var row : rows(workload)) {
            text.append(String.format(Locale.ROOT, "%-22s %-14s", workload, row.figure));
            row.medians.forEach((framework, value) ->
                    text.append(String.format(Locale.ROOT, "  %s %s", framework, rounded(value))));
            text.append(String.format(Locale.ROOT, "  ratio %.2f%n", row.ratio));
        }
        return text.toString();
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.3g", value);
    }

    /** A page with date, processor, versions and a table. */
    String markdown(List<String> workloads, int times, Map<String, String> versions) {
        var page = new StringBuilder("# Performance\n\n");
        page.append("Written by `bench/compare` on ")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append(times == 1 ? ": one run" : ": medians of " + times + " runs")
                .append(" in turn, each alone. ")
                .append(processor())
                .append(", ")
                .append(Runtime.getRuntime().availableProcessors())
                .append(" processors.");
        versions.forEach((name, version) ->
                page.append(' ').append(name).append(' ').append(version).append('.'));
        page.append(
                        " The ratio is against the better of the two peers; above 1 Sungu is"
                                + " ahead.\n\n")
                .append("| workload | figure | Keras-TensorFlow | Keras-JAX | Sungu | ratio |\n")
                .append("|---|---|---|---|---|---|\n");
        for (var workload : workloads) {
            for (var row : rows(workload)) {
                page.append("| ").append(workload).append(" | ").append(row.figure);
                for (var framework : List.of("keras-tensorflow", "keras-jax", OWN)) {
                    var value = row.medians.get(framework);
                    page.append(" | ").append(value == null ? "-" : rounded(value));
                }
                page.append(String.format(Locale.ROOT, " | %.2f |%n", row.ratio));
            }
        }
        return page.toString();
    }

    private static String processor() {
        try {
            for (var line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (IOException e) {
            return System.getProperty("os.arch", "?");
        }
        return System.getProperty("os.arch", "?");
    }
}
