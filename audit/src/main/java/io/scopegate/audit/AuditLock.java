package io.scopegate.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to write to a log, which one process has at a time: two that append to one chain break it. The system takes it
 * back when the process ends, however it ends. Its file stays, empty.
 */
public final class AuditLock implements AutoCloseable {

    private static final String FILE = "audit.lock";

    private final FileChannel channel;

    private AuditLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the right.
     *
     * @param directory is made if it is not there
     * @throws AuditInUseException if somebody else has it
     * @throws IOException if it cannot be known
     */
    public static AuditLock take(Path directory) throws IOException {
        LogFiles.make(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            throw new AuditInUseException(directory);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        if (!taken) {
            throw new AuditInUseException(directory);
        }
        return new AuditLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
