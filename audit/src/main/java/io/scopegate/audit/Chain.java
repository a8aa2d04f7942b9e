package io.scopegate.audit;

import io.scopegate.audit.AuditVerification.Broken;
import io.scopegate.audit.AuditVerification.Whole;
import io.scopegate.audit.ChainLink.BrokenLineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks the lines of a log one after the other. */
final class Chain {

    private final boolean fromTheStart;
    private @Nullable ChainLink first;
    private @Nullable ChainLink last;
    /** The first torn line for which no later file has accounted yet. */
    private @Nullable Broken torn;
    /** Digest of all remains for which no later file has accounted yet. */
    private final MessageDigest remains = ChainLink.sha256();

    private long lines;

    /**
     * Creates an empty chain.
     *
     * @param fromTheStart true if the log begins with its first file, false if earlier files were archived
     */
    Chain(boolean fromTheStart) {
        this.fromTheStart = fromTheStart;
    }

    /** Adds the lines of the next file. Returns null unless one breaks the chain. */
    @Nullable
    Broken addAll(Path file) throws IOException {
        int number = 1;
        try (InputStream bytes = Files.newInputStream(file)) {
            LogLines of = new LogLines(bytes);
            for (String line = of.next(); line != null; line = of.next()) {
                add(line, number);
                number++;
            }
            endOfFile(new LogEnd(file, null, of.remainsFrom(), of.size()), number);
            return null;
        } catch (BrokenLineException e) {
            return new Broken(file, number, String.valueOf(e.getMessage()));
        }
    }

    private void add(String line, int number) throws BrokenLineException {
        ChainLink link = ChainLink.read(line);
        if (torn != null) {
            requireRecovery(link);
        } else if (last != null && link.kind().equals(AuditFiles.RECOVERED)) {
            throw new BrokenLineException(AuditFiles.RECOVERED + ": the torn line that it names, not none");
        }
        if (last == null) {
            requireStart(link);
            first = link;
        } else {
            require("seq", String.valueOf(last.sequence() + 1), String.valueOf(link.sequence()));
            require("previous", last.hash(), link.previous());
        }
        requirePlace(link, number);
        last = link;
        lines++;
    }

    /**
     * Checks the first line. A log that begins with its first file has to begin with line 1; one whose earlier files
     * were archived does not.
     */
    private void requireStart(ChainLink link) throws BrokenLineException {
        if (fromTheStart) {
            require("seq", "1", String.valueOf(link.sequence()));
        }
        if (link.sequence() == 1) {
            require("previous", ChainLink.START, link.previous());
        }
    }

    /**
     * Checks the number of a line in its file. The chain alone does not show that lines are missing at the start of a
     * file if the files before it are missing too.
     */
    private static void requirePlace(ChainLink link, int number) throws BrokenLineException {
        if (link.line() > 0) {
            require("line", String.valueOf(number), String.valueOf(link.line()));
        }
    }

    private void requireRecovery(ChainLink link) throws BrokenLineException {
        require("event after a torn line", AuditFiles.RECOVERED, link.kind());
        // With no line before it, the event may also account for remains in archived files, which cannot be checked.
        if (last != null || fromTheStart) {
            require(
                    AuditFiles.REMAINS,
                    ChainLink.text(remains.digest()),
                    link.details().path(AuditFiles.REMAINS).asText());
        }
        torn = null;
        remains.reset();
    }

    private static void require(String field, String expected, String actual) throws BrokenLineException {
        if (!expected.equals(actual)) {
            throw new BrokenLineException(field + ": " + expected + ", not " + actual);
        }
    }

    private void endOfFile(LogEnd end, int line) throws IOException {
        if (end.isTorn()) {
            torn = torn == null
                    ? new Broken(end.file(), line, "a line that is not whole, and that no later file accounts for")
                    : torn;
            end.digestRemains(remains);
        }
    }

    /** Returns the torn line, if there is one that no later file accounts for. */
    @Nullable
    Broken torn() {
        return torn;
    }

    /** Returns whether there is no line. */
    boolean isEmpty() {
        return lines == 0;
    }

    /** Returns the result for an intact chain; there must be at least one line. */
    Whole whole(int files) {
        return new Whole(
                files,
                lines,
                Objects.requireNonNull(first).sequence(),
                Objects.requireNonNull(last).hash());
    }
}
