package io.scopegate.server.model;

import io.scopegate.server.model.ServingMode.Following;
import io.scopegate.server.model.ServingMode.Halted;
import io.scopegate.server.model.ServingMode.Pinned;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a pin over a restart: one line, {@code NAME/VERSION}. Who pinned a version did so because another one must not
 * serve, so a pin that cannot be read serves none rather than any.
 *
 * @param directory null keeps nothing
 */
record PinFile(@Nullable Path directory) {

    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,63})/([1-9][0-9]{0,8})");

    ServingMode read() {
        if (directory == null) {
            return new Following();
        }
        Path file = directory.resolve("pinned-model");
        try {
            String line = Files.readString(file).strip();
            Matcher matcher = LINE.matcher(line);
            return matcher.matches()
                    ? new Pinned(matcher.group(1), Integer.parseInt(matcher.group(2)))
                    : new Halted(file + ": one line NAME/VERSION, not "
                            + line.lines().findFirst().orElse("empty"));
        } catch (NoSuchFileException e) {
            return new Following();
        } catch (IOException e) {
            return new Halted(file + ": cannot be read: " + e);
        }
    }

    /** Keeps this mode if it is a pin, and forgets the last one if it is not. Whole or not at all. */
    void write(ServingMode mode) throws IOException {
        if (directory == null) {
            return;
        }
        Path file = Files.createDirectories(directory).resolve("pinned-model");
        if (mode instanceof Pinned pinned) {
            Path draft = Files.createTempFile(directory, ".draft-", "");
            try {
                Files.writeString(draft, pinned.reference() + "\n", StandardOpenOption.WRITE, StandardOpenOption.SYNC);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } else {
            Files.deleteIfExists(file);
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
