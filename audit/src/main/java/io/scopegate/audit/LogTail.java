package io.scopegate.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a log ends.
 *
 * @param sequence of its last line; 0 for a log without one
 * @param hash of its last line
 * @param line of the newest file's last one; 0 for none
 * @param mayGoOn whether the newest file does, or another must be begun
 * @param remains the hash of what was not written whole behind the last line; null for nothing
 */
record LogTail(
        long sequence,
        String hash,
        long line,
        boolean mayGoOn,
        @Nullable String remains) {

    /**
     * Of a log's files. A crash while the event was written that names a torn line leaves a second one: all that was left
     * counts.
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

    /** Whether a log that had come so far no longer ends there, nor behind it. */
    boolean isBefore(LogPosition reached) {
        return sequence <= reached.sequence() && !hash.equals(reached.hash());
    }

    /** Where another file has to take up a log whose end has gone. */
    LogTail upTo(LogPosition reached) {
        return new LogTail(reached.sequence(), reached.hash(), 0, false, remains);
    }

    /** Where the last line is not in the newest file, that one is empty. */
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
