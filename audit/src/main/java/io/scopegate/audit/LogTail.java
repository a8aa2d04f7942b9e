package io.scopegate.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a log, where writing continues.
 *
 * @param sequence number of the last line; 0 if the log has none
 * @param hash of the last line
 * @param line number of the last line of the newest file; 0 if that has none
 * @param mayGoOn true if the newest file may be continued, false if another has to be begun
 * @param remains hash of all incomplete lines after the last line; null if there are none
 */
record LogTail(
        long sequence,
        String hash,
        long line,
        boolean mayGoOn,
        @Nullable String remains) {

    /**
     * Reads the tail of a log's files. If a crash tore a line, and another crash the event that accounts for it, the
     * hash covers the remains of both.
     */
    static LogTail of(List<Path> files) throws IOException {
        List<LogEnd> torn = new ArrayList<>();
        for (Path file : files.reversed()) {
            LogEnd end = LogEnd.of(file);
            if (end.isTorn()) {
                torn.addFirst(end);
            }
            String last = end.lastLine();
            if (last != null) {
                return of(read(file, last), file.equals(files.getLast()), remainsHash(torn));
            }
        }
        String remains = remainsHash(torn);
        return new LogTail(0, ChainLink.START, 0, !files.isEmpty() && remains == null, remains);
    }

    /** Returns true if a log that had come this far now ends neither there nor after it. */
    boolean isBefore(LogPosition reached) {
        return sequence <= reached.sequence() && !hash.equals(reached.hash());
    }

    /** Returns the tail from which another file continues a log whose end has gone. */
    LogTail upTo(LogPosition reached) {
        return new LogTail(reached.sequence(), reached.hash(), 0, false, remains);
    }

    /** Creates a tail. If the last line is not in the newest file, that file has no whole line. */
    private static LogTail of(ChainLink last, boolean inNewest, @Nullable String remains) {
        boolean numbered = !inNewest || last.line() > 0;
        return new LogTail(
                last.sequence(), last.hash(), inNewest ? last.line() : 0, numbered && remains == null, remains);
    }

    private static ChainLink read(Path file, String last) throws IOException {
        try {
            return ChainLink.read(last);
        } catch (ChainLink.BrokenLineException e) {
            throw new IOException(file + ": its last line: " + e.getMessage(), e);
        }
    }

    private static @Nullable String remainsHash(List<LogEnd> torn) throws IOException {
        if (torn.isEmpty()) {
            return null;
        }
        MessageDigest digest = ChainLink.sha256();
        for (LogEnd end : torn) {
            end.digestRemains(digest);
        }
        return ChainLink.text(digest.digest());
    }
}
