package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.scopegate.server.testing.LogLines;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DirectoryEventsTest {

    private static final Duration LONGER_THAN_THE_TEST = Duration.ofHours(1);

    @TempDir
    Path root;

    private final Set<Path> closed = new HashSet<>();

    @Test
    void aNewDirectoryAndAFileInAnOldOneWake() throws Exception {
        Path golden = Files.createDirectories(root.resolve("tiny/1/golden"));
        try (DirectoryEvents events = new DirectoryEvents(root, null)) {
            events.register();
            Files.createDirectory(root.resolve("tiny/2"));
            events.await(LONGER_THAN_THE_TEST);

            events.register();
            Files.writeString(golden.resolve("0.png"), "picture");
            events.await(LONGER_THAN_THE_TEST);
        }
    }

    @Test
    void aDirectoryThatCannotBeReadHindersNoOtherAndIsToldOnce() throws Exception {
        Path closed = directory("closed/1");
        Path open = directory("tiny/1");
        close(closed);

        try (DirectoryEvents events = events(null);
                LogLines log = new LogLines(DirectoryEvents.class)) {
            events.register();
            events.register();
            assertThat(log.containing("permission denied"))
                    .singleElement()
                    .asString()
                    .contains(closed.toString());

            Files.writeString(open.resolve("manifest.json"), "{}");
            events.await(LONGER_THAN_THE_TEST);

            open(closed);
            events.register();
            close(closed);
            events.register();
            assertThat(log.containing("permission denied")).hasSize(2);
        }
    }

    /**
     * Here the system itself refuses a directory. It refuses nothing to root, so this test is skipped for root, and the
     * other tests simulate refusals.
     */
    @Test
    void theSystemSaysWhichDirectoryCannotBeRead() throws Exception {
        Path closed = directory("closed/1");
        Files.setPosixFilePermissions(closed, Set.of());
        assumeFalse(Files.isReadable(closed), "skipped: root may read everywhere");

        try (DirectoryEvents events = new DirectoryEvents(root, null);
                LogLines log = new LogLines(DirectoryEvents.class)) {
            events.register();

            assertThat(log.containing("permission denied"))
                    .singleElement()
                    .asString()
                    .contains(closed.toString());
        }
    }

    @Test
    void unreadableDirectoryOfAnotherModelIsNotLogged() throws Exception {
        close(directory("other/1"));

        try (DirectoryEvents events = events("tiny");
                LogLines log = new LogLines(DirectoryEvents.class)) {
            events.register();

            assertThat(log.containing("permission denied")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lost+found", "lost+found/1", ".draft", ".draft/1", "tiny/.2.partial", "tiny/.2.partial/golden"})
    void unreadableDirectoryOutsideModelsAndVersionsIsNotLogged(String closed) throws Exception {
        close(directory(closed));

        try (DirectoryEvents events = events(null);
                LogLines log = new LogLines(DirectoryEvents.class)) {
            events.register();

            assertThat(log.containing("permission denied")).isEmpty();
        }
    }

    /** A leading dot marks a draft only below the repository's directory, not above it. */
    @Test
    void aRepositoryInADirectoryWithADotIsNoDraft() throws Exception {
        Path repository = directory(".hidden/models");
        Path closed = directory(".hidden/models/tiny/1");
        close(closed);

        try (DirectoryEvents events = new DirectoryEvents(repository, null, this::walk);
                LogLines log = new LogLines(DirectoryEvents.class)) {
            events.register();

            assertThat(log.containing("permission denied"))
                    .singleElement()
                    .asString()
                    .contains(closed.toString());
        }
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    private void close(Path directory) {
        closed.add(directory);
    }

    private void open(Path directory) {
        closed.remove(directory);
    }

    private DirectoryEvents events(@Nullable String name) throws IOException {
        return new DirectoryEvents(root, name, this::walk);
    }

    private void walk(Path directory, FileVisitor<Path> visitor) throws IOException {
        DirectoryEvents.walk(directory, new Refusing(visitor));
    }

    /** Reports closed directories to the visitor as the system does if it denies access. */
    private final class Refusing implements FileVisitor<Path> {

        private final FileVisitor<Path> visitor;

        Refusing(FileVisitor<Path> visitor) {
            this.visitor = visitor;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes found) throws IOException {
            if (closed.contains(directory)) {
                refuse(directory);
                return FileVisitResult.SKIP_SUBTREE;
            }
            return visitor.preVisitDirectory(directory, found);
        }

        /** Called also for directories at the greatest depth, which are not walked. */
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes found) throws IOException {
            return closed.contains(file) ? refuse(file) : visitor.visitFile(file, found);
        }

        private FileVisitResult refuse(Path path) throws IOException {
            return visitor.visitFileFailed(path, new AccessDeniedException(path.toString()));
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException fault) throws IOException {
            return visitor.visitFileFailed(path, fault);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException fault) throws IOException {
            return visitor.postVisitDirectory(directory, fault);
        }
    }

    @Test
    void aRootThatIsNotThereIsWaitedFor() throws Exception {
        try (DirectoryEvents events = new DirectoryEvents(root.resolve("none"), null)) {
            assertThatCode(() -> {
                        events.register();
                        events.await(Duration.ofNanos(1));
                    })
                    .doesNotThrowAnyException();
        }
    }
}
