package io.scopegate.audit;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Result of verifying a log: whether every line is as it was written, and none between the first and the last is
 * missing. If whole lines were cut off the end, or the end was rewritten with all its hashes, only a comparison of the
 * head with one that was kept elsewhere reveals that. Lines cut off the front of the first file are found; in a file
 * other than number 1, only if its lines are numbered, which an earlier version did not do.
 */
public sealed interface AuditVerification {

    /**
     * The chain is intact.
     *
     * @param files number of files
     * @param lines number of lines in them, at least 1
     * @param firstSequence above 1 if earlier files were archived
     * @param head hash of the last line
     */
    record Whole(int files, long lines, long firstSequence, String head) implements AuditVerification {}

    /**
     * The chain is broken.
     *
     * @param file the file with the first broken line
     * @param line number of that line in the file, from 1
     * @param reason for people
     */
    record Broken(Path file, int line, String reason) implements AuditVerification {}

    /**
     * Verifies all files of a log, in little memory however large they are. A server may be writing to it: if the end
     * is torn, the whole log is verified once more a second later. A log that holds nothing but the start of a line is
     * broken.
     *
     * @throws IOException if a file cannot be read, or the server that writes the log has just retired it; also if
     *     there is no log, or no line in it, not even the start of one, since that proves nothing
     */
    static AuditVerification of(Path directory) throws IOException {
        return Verifier.of(directory, Verifier::pause);
    }
}
