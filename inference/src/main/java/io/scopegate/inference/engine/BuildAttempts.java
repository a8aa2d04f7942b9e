package io.scopegate.inference.engine;

import io.scopegate.inference.target.BackOff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Counts the builds of an engine that have begun and not ended. Each of them ended its process, most likely for lack of
 * memory. Without a limit, a supervisor would restart the server, and the server the build, for ever. May be used only
 * by the holder of the engine's lock.
 *
 * @param file beside the engine's directory; absent if there are none
 * @param clock tells how long ago the last one began
 */
record BuildAttempts(Path file, Clock clock) {

    private static final int MOST = 2;
    private static final BackOff REST = new BackOff(Duration.ofHours(1), Duration.ofDays(1));

    static BuildAttempts of(Path place, Clock clock) {
        return new BuildAttempts(place.resolveSibling("." + place.getFileName() + ".begun"), clock);
    }

    /**
     * Records that a build begins.
     *
     * @throws BuildRefusedException if too many builds have not ended, and the last of them began not long ago: less
     *     than an hour, or twice the time for each further one, up to a day
     */
    void begin() throws IOException {
        int unended = unended();
        if (unended >= MOST) {
            Instant last = Files.getLastModifiedTime(file).toInstant();
            Instant again = last.plus(REST.after(unended - MOST + 1));
            Instant now = clock.instant();
            // A time in the future was written by a clock that was ahead. How long ago that was is unknown, so the
            // build may begin.
            if (!now.isBefore(last) && now.isBefore(again)) {
                throw new BuildRefusedException(
                        "the last " + unended + " builds ended their process, which may have had"
                                + " too little memory; tried again at " + again.truncatedTo(ChronoUnit.SECONDS)
                                + ", or at once if " + file + " is removed");
            }
        }
        Files.writeString(file, String.valueOf(unended + 1));
    }

    private int unended() throws IOException {
        if (!Disk.exists(file)) {
            return 0;
        }
        String count = Files.readString(file).strip();
        // A count that cannot be read shows at least that a build had begun.
        return count.matches("[0-9]{1,6}") ? Integer.parseInt(count) : 1;
    }

    /** Records that the build ended without ending the process, or that the process stops in order. */
    void end() throws IOException {
        Files.deleteIfExists(file);
    }
}
