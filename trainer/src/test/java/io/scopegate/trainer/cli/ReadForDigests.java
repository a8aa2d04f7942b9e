package io.scopegate.trainer.cli;

import io.scopegate.bundle.model.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Records with the JDK Flight Recorder which files a command reads to compute their digests. */
final class ReadForDigests {

    private static final String READ = "jdk.FileRead";

    private ReadForDigests() {}

    /** Runs the command and returns the number of bytes read from each file: twice its size if it is read twice. */
    static Map<Path, Long> during(Runnable command) throws IOException {
        Path file = Files.createTempFile("reads-", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(READ).withoutThreshold().withStackTrace().with("throttle", "off");
            recording.start();
            command.run();
            recording.stop();
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(READ))
                    .filter(ReadForDigests::isForADigest)
                    .collect(Collectors.groupingBy(
                            event -> Path.of(event.getString("path")),
                            Collectors.summingLong(event -> Math.max(0, event.getLong("bytesRead")))));
        } finally {
            Files.delete(file);
        }
    }

    private static boolean isForADigest(RecordedEvent event) {
        return event.getStackTrace() != null
                && event.getStackTrace().getFrames().stream()
                        .anyMatch(frame -> frame.getMethod().getType().getName().equals(Digests.class.getName()));
    }
}
