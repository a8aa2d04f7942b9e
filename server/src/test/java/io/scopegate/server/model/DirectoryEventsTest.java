package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        try (DirectoryEvents events = new DirectoryEvents(root)) {
            events.register();
            Files.createDirectory(root.resolve("tiny/2"));
            events.await(LONGER_THAN_THE_TEST);

            events.register();
            Files.writeString(golden.resolve("0.png"), "picture");
            events.await(LONGER_THAN_THE_TEST);
        }
    }

    @Test
    void aRootThatIsNotThereIsWaitedFor() throws Exception {
        try (DirectoryEvents events = new DirectoryEvents(root.resolve("none"))) {
            assertThatCode(() -> {
                        events.register();
                        events.await(Duration.ofNanos(1));
                    })
                    .doesNotThrowAnyException();
        }
    }
}
