package io.scopegate.audit;

import io.scopegate.audit.AuditVerification.Broken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Verifies a log to which a server may be writing. */
final class Verifier {

    private static final Duration OF_A_WRITE = Duration.ofSeconds(1);

    private Verifier() {}

    /** Decides the result for a torn end. */
    private interface TornEnd {
        AuditVerification of(Broken torn) throws IOException;
    }

    /**
     * Verifies a log, and does so once more if its end is torn: a line that is being written may be seen in part.
     *
     * @param pause waits before the second look, long enough for a line to be written
     */
    static AuditVerification of(Path directory, Runnable pause) throws IOException {
        return verify(directory, _ -> {
            pause.run();
            return verify(directory, torn -> torn);
        });
    }

    /** Waits for a line to be written; returns early if the thread is interrupted. */
    static void pause() {
        LockSupport.parkNanos(OF_A_WRITE.toNanos());
    }

    private static AuditVerification verify(Path directory, TornEnd tornEnd) throws IOException {
        List<Path> files = LogFiles.of(directory);
        if (files.isEmpty()) {
            throw new IOException(directory + ": no audit log found");
        }
        Chain chain = new Chain(LogFiles.number(files.getFirst()) == 1);
        for (Path file : files) {
            Broken broken = chain.addAll(file);
            if (broken != null) {
                return broken;
            }
        }
        Broken torn = chain.torn();
        if (torn != null) {
            return tornEnd.of(torn);
        }
        if (chain.isEmpty()) {
            throw new IOException(directory + ": the audit log is empty; a server writes a line when it starts,"
                    + " so none has started or the lines were removed");
        }
        return chain.whole(files.size());
    }
}
