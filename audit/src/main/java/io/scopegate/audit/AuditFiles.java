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
 * Writes a log: appends to its newest file and begins another when that is full, which may be the end of the oldest. A line
 * that a crash has torn stays as it is; the next file begins by naming its remains. A file whose lines an earlier version
 * has not numbered is not gone on with. One thread at a time, and one process, which {@link AuditLock} sees to.
 */
public final class AuditFiles implements AutoCloseable {

    /** The kind of the event that names the remains of a torn line. */
    static final String RECOVERED = "recovered";

    static final String REMAINS = "remainsSha256";

    /** The kinds of the events that name a file that goes, and one that could not be removed. */
    static final String RETIRED = "file-retired";

    static final String NOT_REMOVED = "file-not-removed";

    /** The kind of the event that names a newest file that has gone, or has been written anew. */
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
     * Opens a log to go on with it.
     *
     * @param directory is made if it is not there
     * @param limits of its files; those that are too many go when the next is begun
     * @param now for the event that names a torn line
     * @throws IOException if it cannot be read or written, or if its newest file ends with a line that is not its own
     */
    public static AuditFiles open(Path directory, LogLimits limits, Instant now) throws IOException {
        return open(directory, limits, now, LogPosition.UNKNOWN);
    }

    /**
     * Opens a log to go on with it where it was left. Where its end has gone since, another file goes on with the chain, so
     * that what is missing shows.
     *
     * @param reached how far it had come
     * @throws IOException as of {@link #open(Path, LogLimits, Instant)}
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
     * Where there is something to account for, the file is a new one. Leaves neither an open channel nor that file behind where
     * it fails, since it is tried again and again: if such a line stayed, the next try would find nothing to account for, and
     * what was lost would not be counted.
     *
     * @param disk makes sure that they are on it
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

    /** As {@link FileChannel#force}. */
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

    /** Appends events and makes sure that they are on the disk. If it fails, {@link #taken} tells how far it came. */
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
     * The log tells of files before they go, so that none is missing of which it says nothing. One that cannot be removed
     * keeps those behind it, since a gap would break the chain; when the next file is begun they are tried again.
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

    /** How many events have been taken since it was opened; lines of its own do not count. */
    public long taken() {
        return taken;
    }

    /** How many events that were taken before it was opened are no longer in it, since the file that held them has gone. */
    public long lost() {
        return lost;
    }

    /** How far it has come. */
    public LogPosition reached() {
        return new LogPosition(LogFiles.number(file.path()), sequence, previous, eventsInFile);
    }

    /**
     * Whether the file that it writes to is still the one of that name: it may have been removed, moved or replaced.
     *
     * @throws IOException if that cannot be known
     */
    public boolean isInPlace() throws IOException {
        return file.isInPlace();
    }

    /** The hash of the newest line, which stands for the whole log. */
    public String head() {
        return previous;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
