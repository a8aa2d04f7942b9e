package io.scopegate.inference.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How many builds of an engine have begun and not ended: each took its process with it, most likely for want of memory. A
 * supervisor would start the server, and the server the build, for ever. Only who has the engine's lock may touch it.
 *
 * @param file beside the engine's place; absent if there are none
 * @param clock tells how long ago the last one was
 */
record BuildAttempts(Path file, Clock clock) {

    private static final int MOST = 2;
    private static final Duration REST = Duration.ofHours(1);

    static BuildAttempts of(Path place, Clock clock) {
        return new BuildAttempts(place.resolveSibling("." + place.getFileName() + ".begun"), clock);
    }

    /**
     * One begins.
     *
     * @throws BuildRefusedException if as many as are borne have not ended, and the last began not long ago
     */
    void begin() throws IOException {
        int unended = unended();
        if (unended >= MOST) {
            Instant last = Files.getLastModifiedTime(file).toInstant();
            Instant again = last.plus(REST);
            Instant now = clock.instant();
            // One that is yet to come was begun by a clock that was ahead, nobody knows how long ago.
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
        // What cannot be read was begun, too.
        return count.matches("[0-9]{1,6}") ? Integer.parseInt(count) : 1;
    }

    /** However it ended, the process lives, or stops in order. */
    void end() throws IOException {
        Files.deleteIfExists(file);
    }
}
