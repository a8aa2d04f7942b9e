package io.scopegate.server.model;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Waits for changes that the file system reports in the repository. Network file systems report none, and the system
 * may have no watches left; then {@link #await} simply waits for its whole time. Owned by one thread.
 */
final class DirectoryEvents implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DirectoryEvents.class);

    /** Depth of the watched tree below the root: names, versions, and folders of golden pictures. */
    private static final int DEPTH = 3;

    private static final Duration GATHERING = Duration.ofMillis(100);

    private final Path root;
    private final Path concern;
    private final Walk walk;
    private final WatchService service;
    private final Set<Path> unreadable = new HashSet<>();

    /** Walks a directory tree. */
    interface Walk {
        void over(Path directory, FileVisitor<Path> visitor) throws IOException;
    }

    /**
     * Watches nothing before {@link #register()}.
     *
     * @param name model whose unreadable directories are logged; null for all models
     * @throws IOException if the system has nothing left to watch with
     */
    DirectoryEvents(Path root, @Nullable String name) throws IOException {
        this(root, name, DirectoryEvents::walk);
    }

    /** Uses this walk instead of the real one. */
    DirectoryEvents(Path root, @Nullable String name, Walk walk) throws IOException {
        this.walk = walk;
        this.root = root;
        this.concern = name == null ? root : root.resolve(name);
        this.service = FileSystems.getDefault().newWatchService();
    }

    static void walk(Path directory, FileVisitor<Path> visitor) throws IOException {
        Files.walkFileTree(directory, Set.of(), DEPTH, visitor);
    }

    /** Watches every readable directory that exists now. Call this before scanning, so that no change is missed. */
    void register() {
        Registration registration = new Registration();
        try {
            walk.over(root, registration);
        } catch (IOException e) {
            LOG.debugf("%s is not watched: %s", root, e);
        }
        say(registration.refused);
    }

    /** Registers each directory; an unreadable one does not stop the walk. */
    private final class Registration extends SimpleFileVisitor<Path> {

        private final Set<Path> refused = new HashSet<>();

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes found) throws IOException {
            watch(directory);
            return FileVisitResult.CONTINUE;
        }

        /** At the maximum depth, and for symbolic links, directories are passed to this method. */
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes found) throws IOException {
            if (Files.isDirectory(file)) {
                watch(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException fault) {
            if (fault instanceof AccessDeniedException
                    && path.startsWith(concern)
                    && !isLeftAlone(root.relativize(path))) {
                refused.add(path);
            } else {
                LOG.debugf("%s is not watched: %s", path, fault);
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isLeftAlone(Path inside) {
            return StreamSupport.stream(inside.spliterator(), false).anyMatch(ModelRepository::isLeftAlone);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException fault) {
            return fault == null ? FileVisitResult.CONTINUE : visitFileFailed(directory, fault);
        }

        /**
         * Throws an {@link IOException} of another kind if no watches are left, which ends the walk: there are none
         * for the other directories either.
         */
        private void watch(Path directory) throws IOException {
            try {
                directory.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            } catch (FileSystemException e) {
                visitFileFailed(directory, e);
            }
        }
    }

    /** Logs each unreadable directory once, until it has been readable again. */
    private void say(Set<Path> refused) {
        unreadable.retainAll(refused);
        for (Path path : refused) {
            if (unreadable.add(path)) {
                LOG.warnf("%s: permission denied, nothing in it is served", path);
            }
        }
    }

    /** Waits for a change, at most for this time. Returns shortly after a change, to gather those that follow it. */
    void await(Duration time) throws InterruptedException {
        WatchKey key = service.poll(time.toNanos(), TimeUnit.NANOSECONDS);
        if (key == null) {
            return;
        }
        // Copying a file raises an event for every block.
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
