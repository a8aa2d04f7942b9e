package io.scopegate.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes an audit log. Appends to the newest file; when that is full, begins the next one, which may retire the oldest.
 * A line that a crash has torn stays as it is; the next file begins with an event that accounts for its remains. A file
 * that an earlier version wrote without line numbers is not continued; another is begun. Not thread-safe. Only one
 * process may write a log, which {@link AuditLock} ensures.
 */
public final class AuditFiles implements AutoCloseable {

    /** Kind of the event that accounts for the remains of a torn line. */
    static final String RECOVERED = "recovered";

    static final String REMAINS = "remainsSha256";

    /** Kind of the event that names a file about to be removed; {@link #NOT_REMOVED} follows if that fails. */
    static final String RETIRED = "file-retired";

    static final String NOT_REMOVED = "file-not-removed";

    /** Kind of the event that names a newest file that has gone or been rewritten. */
    static final String LOST = "file-lost";

    private final Path directory;
    private final LogLimits limits;
    private NamedFile file;
    private FileChannel channel;
    private long sequence;
    private long line;
    private String previous;
    private long taken;
    private long eventsInFile;
    private long lost;

    private AuditFiles(Path directory, LogLimits limits, NamedFile file, LogTail tail) throws IOException {
        this.directory = directory;
        this.limits = limits;
        this.file = file;
        this.channel = append(file);
        this.sequence = tail.sequence();
        this.line = tail.mayGoOn() ? tail.line() : 0;
        this.previous = tail.hash();
    }

    /**
     * Opens a log to continue it.
     *
     * @param directory created if absent
     * @param limits for its files; files over the limit are removed when the next one is begun
     * @param now time of the event that accounts for a torn line
     * @throws IOException if the log cannot be read or written, or if its last line is not a valid line of a log
     */
    public static AuditFiles open(Path directory, LogLimits limits, Instant now) throws IOException {
        return open(directory, limits, now, LogPosition.UNKNOWN);
    }

    /**
     * Opens a log to continue it from where it was left. If its end has gone since then, another file continues the
     * chain from there, so that the gap shows.
     *
     * @param reached how far the log had come
     * @throws IOException as for {@link #open(Path, LogLimits, Instant)}
     */
    public static AuditFiles open(Path directory, LogLimits limits, Instant now, LogPosition reached)
            throws IOException {
        return open(directory, limits, now, reached, channel -> channel.force(false));
    }

    static AuditFiles open(Path directory, LogLimits limits, Instant now, LogPosition reached, Sync disk)
            throws IOException {
        LogFiles.make(directory);
        List<Path> files = LogFiles.of(directory);
        LogTail found = LogTail.of(files);
        boolean lost = found.isBefore(reached);
        LogTail tail = lost ? found.upTo(reached) : found;
        Path path = tail.mayGoOn() ? files.getLast() : LogFiles.next(directory, files, reached.file());
        AuditFiles log = new AuditFiles(directory, limits, named(path), tail);
        log.account(ofItsEnd(now, files, tail.remains(), lost ? LogFiles.name(reached.file()) : null), disk);
        log.lost = lost ? reached.events() : 0;
        log.eventsInFile = LogFiles.number(path) == reached.file() ? reached.events() : 0;
        return log;
    }

    private static List<AuditEvent> ofItsEnd(
            Instant now, List<Path> files, @Nullable String remains, @Nullable String lost) {
        List<AuditEvent> events = new ArrayList<>();
        if (remains != null) {
            events.add(AuditEvent.of(now, RECOVERED)
                    .with("file", files.getLast().getFileName())
                    .with(REMAINS, remains));
        }
        if (lost != null) {
            events.add(AuditEvent.of(now, LOST).with("file", lost));
        }
        return events;
    }

    /**
     * Writes the events that account for the state in which the end of the log was found, if there are any. The file is
     * then a new one. On failure, closes the channel and removes that file, because opening is retried: if a line
     * stayed, the next attempt would find nothing to account for, and the lost events would not be counted.
     *
     * @param disk flushes the events to disk
     */
    private void account(List<AuditEvent> ofItsEnd, Sync disk) throws IOException {
        if (ofItsEnd.isEmpty()) {
            return;
        }
        boolean written = false;
        try {
            for (AuditEvent event : ofItsEnd) {
                append(line(event));
            }
            disk.force(channel);
            written = true;
        } finally {
            if (!written) {
                takeBack();
            }
        }
    }

    /** Flushes a channel to disk, as {@link FileChannel#force} does. */
    interface Sync {
        void force(FileChannel channel) throws IOException;
    }

    private void takeBack() throws IOException {
        try {
            close();
        } finally {
            Files.deleteIfExists(file.path());
        }
    }

    private static NamedFile named(Path path) throws IOException {
        if (Files.notExists(path)) {
            LogFiles.create(path);
        }
        return NamedFile.of(path);
    }

    private static FileChannel append(NamedFile file) throws IOException {
        return FileChannel.open(file.path(), StandardOpenOption.APPEND);
    }

    /** Appends events and flushes them to disk. If that fails, {@link #taken} shows how many were appended. */
    public void write(List<AuditEvent> events) throws IOException {
        for (AuditEvent event : events) {
            append(event);
        }
        channel.force(false);
    }

    private void append(AuditEvent event) throws IOException {
        String next = line(event);
        if (channel.size() > 0 && channel.size() + size(next) > limits.fileBytes()) {
            rotate(event.time());
            next = line(event);
        }
        append(next);
        taken++;
        eventsInFile++;
    }

    private String line(AuditEvent event) throws IOException {
        return ChainLink.write(sequence + 1, line + 1, previous, event);
    }

    private static int size(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length;
    }

    private void append(String next) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(next.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        sequence++;
        line++;
        previous = hashOf(next);
    }

    /** Returns the hash that a line ends with, as its last member. */
    private static String hashOf(String line) {
        int end = line.length() - "\"}\n".length();
        return line.substring(end - ChainLink.START.length(), end);
    }

    private void rotate(Instant now) throws IOException {
        channel.force(true);
        FileChannel full = channel;
        NamedFile next = named(LogFiles.next(directory, LogFiles.of(directory), LogFiles.number(file.path())));
        channel = append(next);
        file = next;
        line = 0;
        eventsInFile = 0;
        full.close();
        retire(now);
    }

    /**
     * Removes files over the limit. The log names them before they are removed, so that each missing file is accounted
     * for. If one cannot be removed, the later ones stay too, since a gap would break the chain; they are tried again
     * when the next file is begun.
     */
    private void retire(Instant now) throws IOException {
        List<Path> files = LogFiles.of(directory);
        List<Path> tooMany = files.subList(0, Math.max(0, files.size() - limits.files()));
        for (Path file : tooMany) {
            tell(AuditEvent.of(now, RETIRED), file);
        }
        channel.force(false);
        for (Path file : tooMany) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                tell(AuditEvent.of(now, NOT_REMOVED).with("reason", e), file);
                return;
            }
        }
    }

    private void tell(AuditEvent event, Path file) throws IOException {
        append(line(event.with("file", file.getFileName())));
    }

    /**
     * Returns how many events have been appended since the log was opened. Lines that the log adds by itself do not
     * count.
     */
    public long taken() {
        return taken;
    }

    /**
     * Returns how many events that were appended before the log was opened are missing from it, because the file that
     * held them has gone.
     */
    public long lost() {
        return lost;
    }

    /** Returns how far the log has come. */
    public LogPosition reached() {
        return new LogPosition(LogFiles.number(file.path()), sequence, previous, eventsInFile);
    }

    /**
     * Returns null if the path of the file that is being written still names that file; otherwise the path and what it
     * names instead, in words. The file may have been removed, moved or replaced.
     *
     * @throws IOException if that cannot be determined
     */
    public @Nullable String displacement() throws IOException {
        return file.displacement();
    }

    /** Returns the hash of the newest line, which stands for the whole log. */
    public String head() {
        return previous;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
