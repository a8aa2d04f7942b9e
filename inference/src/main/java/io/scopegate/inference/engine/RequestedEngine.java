package io.scopegate.inference.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;

/**
 * What is known about an engine that somebody wants, until a session has been opened from it. Not thread-safe; guarded
 * by its owner.
 */
final class RequestedEngine {

    private final Set<String> models = new TreeSet<>();
    private State state = new Unknown();
    private int failures;
    private boolean removedOnce;
    private String toldReason = "";

    /** What is being done about the engine. */
    sealed interface State {}

    /** Nothing. Nobody has looked yet whether it exists. */
    record Unknown() implements State {}

    /**
     * It is being built.
     *
     * @param started whether its turn has come
     * @param since when the build started, or when it was requested
     * @param sinceNanos the same, by the monotonic clock
     * @param last how long the last build of its kind took
     * @param ended opens when the build has ended
     */
    record Building(boolean started, Instant since, long sinceNanos, Optional<Duration> last, CountDownLatch ended)
            implements State {

        /** Returns a text that does not change while the engine is being built. */
        String text() {
            return pending(started, since);
        }

        /** Returns the progress as of now. */
        String progress(long nanos) {
            return (started ? "being built for " : "waiting for another build for ")
                    + seconds(Duration.ofNanos(nanos - sinceNanos))
                    + last.map(took -> ", last time " + seconds(took)).orElse("");
        }
    }

    /**
     * It has failed and is not tried again for a while.
     *
     * @param reason why, for people
     * @param retry when it is tried again
     * @param retryNanos the same, by the monotonic clock
     */
    record Failed(String reason, Instant retry, long retryNanos) implements State {

        /** Returns a text that does not change until the engine is tried again. */
        String text() {
            return reason + "; tried again at " + retry.truncatedTo(ChronoUnit.SECONDS);
        }

        /** Returns the progress as of now. */
        String progress(long nanos) {
            Duration left = Duration.ofNanos(Math.max(0, retryNanos - nanos));
            return "failed, tried again in " + seconds(left) + ": " + reason;
        }
    }

    /** Returns a text for people about the engine itself, or about one that waits for its build. */
    static String pending(boolean own, Instant since) {
        return (own ? "engine being built since " : "engine waiting for another build since ")
                + since.truncatedTo(ChronoUnit.SECONDS);
    }

    static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }

    State state() {
        return state;
    }

    void enter(State next) {
        state = next;
    }

    void wantedBy(String model) {
        models.add(model);
    }

    Set<String> models() {
        return models;
    }

    /**
     * Returns true if the engine is wanted for a model of this name, {@code NAME/VERSION}, but not for this version.
     */
    boolean isOfAnotherVersion(String model) {
        return !models.contains(model)
                && models.stream().anyMatch(other -> name(other).equals(name(model)));
    }

    private static String name(String model) {
        int end = model.lastIndexOf('/');
        return end < 0 ? model : model.substring(0, end);
    }

    /** Returns the status as of now; empty if there is nothing to say. */
    Optional<EngineStatus> status(Precision precision, long nanos) {
        String text = switch (state) {
            case Building building -> building.progress(nanos);
            case Failed failed -> failed.progress(nanos);
            case Unknown _ -> "";
        };
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new EngineStatus(List.copyOf(models), precision.text() + ": " + text));
    }

    /**
     * Counts a failure.
     *
     * @return how many there have been, one after the other
     */
    int failOnceMore() {
        failures++;
        return failures;
    }

    /**
     * Returns true the first time only: an engine that was built again and still does not open is not built a third
     * time.
     */
    boolean mayBeRemoved() {
        boolean first = !removedOnce;
        removedOnce = true;
        return first;
    }

    /** Records a reason. Returns true unless it is the same as the last one. */
    boolean isNews(String reason) {
        boolean news = !toldReason.equals(reason);
        toldReason = reason;
        return news;
    }
}
