package io.scopegate.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether a log is whole: every line is as it was written, and none between the first and the last is missing. A log
 * from whose end whole lines were cut off, or whose end was written anew with all its hashes, is found out only by
 * comparing its head with one that was kept elsewhere.
 */
public sealed interface AuditVerification {

    /**
     * The chain is whole.
     *
     * @param files how many there are
     * @param lines how many they hold, at least 1
     * @param firstSequence above 1 if earlier files were put away
     * @param head hash of the last line
     */
    record Whole(int files, long lines, long firstSequence, String head) implements AuditVerification {}

    /**
     * The chain is broken.
     *
     * @param file that holds the first broken line
     * @param line in it, from 1
     * @param reason for people
     */
    record Broken(Path file, int line, String reason) implements AuditVerification {}

    /**
     * Verifies all files of a log, in little memory however large they are.
     *
     * @throws IOException if one cannot be read, or the server that writes the log has just retired it; and if there is
     *     none, or no line in any, since that proves nothing
     */
    static AuditVerification of(Path directory) throws IOException {
        List<Path> files = LogFiles.of(directory);
        if (files.isEmpty()) {
            throw new IOException(directory + ": holds no audit log");
        }
        Chain chain = new Chain(LogFiles.number(files.getFirst()) == 1);
        for (Path file : files) {
            Broken broken = chain.addAll(file);
            if (broken != null) {
                return broken;
            }
        }
        Broken torn = chain.torn();
        if (torn == null && chain.isEmpty()) {
            throw new IOException(directory + ": holds an audit log without a line; a server that starts writes one:"
                    + " none has, or they were taken out");
        }
        return torn != null ? torn : chain.whole(files.size());
    }
}
