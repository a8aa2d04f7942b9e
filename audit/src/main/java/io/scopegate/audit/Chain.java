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

/** The lines of a log, checked one after the other. */
final class Chain {

    private final boolean fromTheStart;
    private @Nullable ChainLink first;
    private @Nullable ChainLink last;
    private @Nullable Broken torn;
    private final MessageDigest remains = ChainLink.sha256();
    private long lines;

    /** Of a log from its first file on, or of one whose earlier files were put away. */
    Chain(boolean fromTheStart) {
        this.fromTheStart = fromTheStart;
    }

    /** Adds the lines of the file that follows; null unless one breaks the chain. */
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

    /** A log whose first file is here begins with its first line; one whose earlier files were put away may not. */
    private void requireStart(ChainLink link) throws BrokenLineException {
        if (fromTheStart) {
            require("seq", "1", String.valueOf(link.sequence()));
        }
        if (link.sequence() == 1) {
            require("previous", ChainLink.START, link.previous());
        }
    }

    /** Lines that are missing at the start of a file do not break the chain where the files before it are missing too. */
    private static void requirePlace(ChainLink link, int number) throws BrokenLineException {
        if (link.line() > 0) {
            require("line", String.valueOf(number), String.valueOf(link.line()));
        }
    }

    private void requireRecovery(ChainLink link) throws BrokenLineException {
        require("event after a torn line", AuditFiles.RECOVERED, link.kind());
        // Before the first line that is here there may have been more remains, but only in files that were put away.
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

    /** The line that is not whole, if there is one that no later file accounts for. */
    @Nullable
    Broken torn() {
        return torn;
    }

    /** Whether it has no line. */
    boolean isEmpty() {
        return lines == 0;
    }

    /** What is to be said of it; there must be a line. */
    Whole whole(int files) {
        return new Whole(
                files,
                lines,
                Objects.requireNonNull(first).sequence(),
                Objects.requireNonNull(last).hash());
    }
}
