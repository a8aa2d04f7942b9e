package io.scopegate.trainer.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to write to a run's folder, which one process has at a time: two trainings would write each other's state and
 * checkpoints over. A process takes it once, since a second channel of the file would lose it when closed. The system takes
 * it back when the process ends, however it ends. Its file stays, empty.
 */
public final class RunLock implements AutoCloseable {

    private static final String FILE = ".run.lock";

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the right.
     *
     * @param runs is made if it is not there
     * @throws IOException if another training has it, or the folder cannot be written to or locked
     */
    public static RunLock take(Path runs) throws IOException {
        Files.createDirectories(runs);
        FileChannel channel = FileChannel.open(runs.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            throw inUse(runs);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        if (!taken) {
            throw inUse(runs);
        }
        return new RunLock(channel);
    }

    private static IOException inUse(Path runs) {
        return new IOException(runs + ": the folder of no other run (--set runs=DIR), not of a training that goes on");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
