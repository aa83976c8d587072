package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Comparison;
import sungu.conformance.JsonTree;
import sungu.conformance.Judge;
import sungu.conformance.Mismatch;
import sungu.conformance.Unsupported;
import sungu.conformance.Values;

import java.util.List;
import java.util.Map;

/**
 * Cases of things with a state - queues, tensor arrays, lookup tables, variables: one is made, then
 * called several times, and each call has its recorded result or error.
 */
final class EventCases {
    private EventCases() {}

    /** A thing that is called by the names of TensorFlow's methods. */
    interface Subject {
        /**
         * Calls a method.
         *
         * @throws Unsupported if there is no such method
         */
        @Nullable Object call(String method, List<@Nullable Object> arguments) throws Exception;

        /** The value after a call, for things whose events record it. */
        default @Nullable Object value() {
            throw new Unsupported("the value of " + getClass().getSimpleName());
        }

        /** Compares what came out of a call with an event that records more than {@code out}. */
        default void check(
                Comparison comparison,
                String where,
                @Nullable Object got,
                Map<String, @Nullable Object> event)
                throws Exception {
            if (event.containsKey("out")) {
                comparison.check(where, got, Values.results().decode(event.get("out")));
            }
        }
    }

    /** Makes the thing of a case. */
    interface Maker {
        Subject make(Case recorded, Map<String, @Nullable Object> arguments) throws Exception;
    }

    static void replay(Case recorded, Maker maker) throws Exception {
        var subject = maker.make(recorded, Values.results().entries(recorded.object("args")));
        var comparison = new Comparison(recorded.tolerance());
        int number = 0;
        for (var item : recorded.list("events")) {
            var event = JsonTree.strings((Map<?, ?>) item);
            event(subject, comparison, "event " + number++ + " " + event.get("call"), event);
        }
    }

    private static void event(
            Subject subject,
            Comparison comparison,
            String where,
            Map<String, @Nullable Object> event)
            throws Exception {
        var arguments =
                Values.results().all(event.get("args") instanceof List<?> list ? list : List.of());
        @Nullable Object got;
        try {
            got = subject.call(String.valueOf(event.get("call")), arguments);
        } catch (Unsupported missing) {
            throw missing;
        } catch (Exception error) {
            if (event.containsKey("raises") && Judge.isRefusal(error)) {
                return;
            }
            throw new Mismatch(where + ": " + error);
        }
        if (event.containsKey("raises")) {
            throw new Mismatch(
                    where
                            + ": expected an error, "
                            + event.get("raises")
                            + ": "
                            + event.get("message"));
        }
        subject.check(comparison, where, got, event);
        if (event.containsKey("value")) {
            comparison.check(
                    where + " value", subject.value(), Values.results().decode(event.get("value")));
        }
    }
}
