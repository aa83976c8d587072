package sungu.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.Test;

import sungu.tensor.Tensor;
import sungu.trace.TracedFunction;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.TreeSet;

class EventsTest {
    @Test
    void flightRecorderSeesTracesCompilationsAndRuns() throws IOException {
        var file = Files.createTempFile("sungu", ".jfr");
        try (var recording = new Recording()) {
            recording.enable("sungu.Trace");
            recording.enable("sungu.Compile");
            recording.enable("sungu.Run").withThreshold(Duration.ZERO);
            recording.start();
            TracedFunction.of("recorded", x -> new Tensor[] {x[0].times(2)})
                    .call(Tensor.of(new float[] {1, 2}));
            recording.stop();
            recording.dump(file);
            var kinds = new TreeSet<String>();
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                if (event.getEventType().getName().startsWith("sungu.")
                        && event.getString("function").equals("recorded")) {
                    kinds.add(event.getEventType().getName());
                    assertTrue(event.getInt("nodes") > 0);
                }
            }
            assertEquals("[sungu.Compile, sungu.Run, sungu.Trace]", kinds.toString());
        } finally {
            Files.delete(file);
        }
    }
}
