package io.scopegate.server.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Wakes up when the file system tells of a change in the repository. Network file systems do not tell, and a system may
 * have no watches left: then the time to wait is simply waited. Owned by one thread.
 */
final class DirectoryEvents implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DirectoryEvents.class);

    /** The root, names, versions, and folders of golden pictures. */
    private static final int DEPTH = 3;

    private static final Duration GATHERING = Duration.ofMillis(100);

    private final Path root;
    private final WatchService service;

    DirectoryEvents(Path root) throws IOException {
        this.root = root;
        this.service = FileSystems.getDefault().newWatchService();
    }

    /** Watches every directory that is there by now. To be called before looking, so that nothing is missed. */
    void register() {
        try (Stream<Path> paths = Files.walk(root, DEPTH)) {
            for (Path directory : paths.filter(Files::isDirectory).toList()) {
                directory.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debugf("%s is not watched for now: %s", root, e);
        }
    }

    /** Returns some moments after a change, or after this time. */
    void await(Duration time) throws InterruptedException {
        WatchKey key = service.poll(time.toNanos(), TimeUnit.NANOSECONDS);
        if (key == null) {
            return;
        }
        // A file that is being copied tells of every block.
        Thread.sleep(GATHERING);
        while (key != null) {
            List<?> told = key.pollEvents();
            LOG.tracef("%d changes in %s", told.size(), key.watchable());
            key.reset();
            key = service.poll();
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
