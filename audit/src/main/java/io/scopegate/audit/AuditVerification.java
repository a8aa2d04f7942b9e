package io.scopegate.audit;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Whether a log is whole: every line is as it was written, and none between the first and the last is missing. A log
 * from whose end whole lines were cut off, or whose end was written anew with all its hashes, is found out only by
 * comparing its head with one that was kept elsewhere. Lines that were cut off the front of the first file are found, but
 * in a file other than number 1 only where its lines are numbered, which an earlier version did not do.
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
     * Verifies all files of a log, in little memory however large they are. A server may be writing to it: an end that is
     * torn is looked at once more a second later, with all that is before it. A log that holds nothing but the start of a
     * line is broken.
     *
     * @throws IOException if one cannot be read, or the server that writes the log has just retired it; and if there is
     *     none, or no line in any, not even the start of one, since that proves nothing
     */
    static AuditVerification of(Path directory) throws IOException {
        return Verifier.of(directory, Verifier::pause);
    }
}
