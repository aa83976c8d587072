package sungu.keras.training;

import sungu.keras.callbacks.Callback;
import sungu.keras.callbacks.Logs;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/**
 * Keras' progress bar: on a terminal a line that is redrawn, at most ten times a second because
 * showing metric values costs their computation; elsewhere one line per epoch.
 */
final class ProgressBar extends Callback {
    private static final int WIDTH = 20;
    private static final long REDRAW_NANOS = 100_000_000;

    private final PrintStream out;
    private final boolean terminal;
    private final int epochs;
    private final int steps;
    private final boolean training;
    private long begun;
    private long drawn;
    private int lastWidth;

    ProgressBar(PrintStream out, boolean terminal, int epochs, int steps, boolean training) {
        this.out = out;
        this.terminal = terminal;
        this.epochs = epochs;
        this.steps = steps;
        this.training = training;
    }

    @Override
    public void onEpochBegin(int epoch) {
        begin();
        out.println("Epoch " + (epoch + 1) + "/" + epochs);
    }

    @Override
    public void onTestBegin() {
        if (!training) {
            begin();
        }
    }

    @Override
    public void onPredictBegin() {
        begin();
    }

    private void begin() {
        begun = System.nanoTime();
        drawn = begun;
        lastWidth = 0;
    }

    @Override
    public void onTrainBatchEnd(int batch, Logs logs) {
        step(batch + 1, logs);
    }

    @Override
    public void onTestBatchEnd(int batch, Logs logs) {
        if (!training) {
            step(batch + 1, logs);
        }
    }

    @Override
    public void onPredictBatchEnd(int batch) {
        step(batch + 1, Logs.EMPTY);
    }

    private void step(int done, Logs logs) {
        long now = System.nanoTime();
        if (terminal && done < steps && now - drawn >= REDRAW_NANOS) {
            drawn = now;
            draw(done, now, logs.values());
        }
    }

    @Override
    public void onEpochEnd(int epoch, Logs logs) {
        finish(logs);
    }

    @Override
    public void onTestEnd(Logs logs) {
        if (!training) {
            finish(logs);
        }
    }

    @Override
    public void onPredictEnd() {
        finish(Logs.EMPTY);
    }

    private void finish(Logs logs) {
        draw(steps, System.nanoTime(), logs.values());
        out.println();
        out.flush();
    }

    private void draw(int done, long now, Map<String, Double> values) {
        int filled = steps == 0 ? WIDTH : (int) ((long) WIDTH * done / steps);
        var line = new StringBuilder();
        line.append(done).append('/').append(steps).append(' ');
        line.append(terminal ? "\u001b[32m" : "").append("━".repeat(filled));
        line.append(terminal ? "\u001b[37m" : "")
                .append((terminal ? "━" : " ").repeat(WIDTH - filled));
        line.append(terminal ? "\u001b[0m" : "").append(' ');
        double seconds = (now - begun) * 1e-9;
        double each = seconds / Math.max(done, 1);
        if (done < steps) {
            line.append(duration(each * (steps - done))).append(' ');
        } else {
            line.append(duration(seconds)).append(' ');
        }
        line.append(perStep(each));
        values.forEach((name, value) ->
                line.append(" - ").append(name).append(": ").append(number(value)));
        if (terminal) {
            out.print('\r');
        }
        out.print(line + " ".repeat(Math.max(0, lastWidth - line.length())));
        lastWidth = line.length();
        out.flush();
    }

    private static String duration(double seconds) {
        long s = Math.round(seconds);
        if (s >= 3600) {
            return String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
        }
        return s >= 60 ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60) : s + "s";
    }

    private static String perStep(double seconds) {
        if (seconds >= 1) {
            return Math.round(seconds) + "s/step";
        }
        return seconds >= 1e-3
                ? Math.round(seconds * 1e3) + "ms/step"
                : Math.round(seconds * 1e6) + "us/step";
    }

    private static String number(double value) {
        return Math.abs(value) > 1e-3 || value == 0
                ? String.format(Locale.ROOT, "%.4f", value)
                : String.format(Locale.ROOT, "%.4e", value);
    }
}
