package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.scopegate.server.testing.LogLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DirectoryEventsTest {

    private static final Duration LONGER_THAN_THE_TEST = Duration.ofHours(1);

    @TempDir
    Path root;

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
        Path closed = Files.createDirectories(root.resolve("closed/1"));
        Path lost = Files.createDirectory(root.resolve("lost+found"));
        Path open = Files.createDirectories(root.resolve("tiny/1"));
        Files.setPosixFilePermissions(closed, Set.of());
        Files.setPosixFilePermissions(lost, Set.of());
        assumeFalse(Files.isReadable(closed), "skipped: root may read everywhere");

        try (DirectoryEvents events = new DirectoryEvents(root, null);
                LogLines log = new LogLines(DirectoryEvents.class)) {
            events.register();
            events.register();
            assertThat(log.containing("cannot be read"))
                    .singleElement()
                    .asString()
                    .contains(closed.toString());

            Files.writeString(open.resolve("manifest.json"), "{}");
            events.await(LONGER_THAN_THE_TEST);

            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
            events.register();
            Files.setPosixFilePermissions(closed, Set.of());
            events.register();
            assertThat(log.containing("cannot be read")).hasSize(2);
        }
    }

    @Test
    void whoeverServesOneModelIsNotToldOfTheDirectoriesOfOthers() throws Exception {
        Path closed = Files.createDirectories(root.resolve("other/1"));
        Files.setPosixFilePermissions(closed, Set.of());
        assumeFalse(Files.isReadable(closed), "skipped: root may read everywhere");

        try (DirectoryEvents events = new DirectoryEvents(root, "tiny");
                LogLines log = new LogLines(DirectoryEvents.class)) {
            events.register();

            assertThat(log.containing("cannot be read")).isEmpty();
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
