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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pins across restarts in a file with one line, {@code NAME/VERSION}, for each pinned model. A version is pinned
 * because no other must serve, so if the file cannot be read, no version serves. All models share the file; a model
 * without a configured name is the only one, and the whole file applies to it. Thread-safe.
 */
final class PinFile {

    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,63})/([1-9][0-9]{0,8})");

    private final @Nullable Path directory;
    private final ReentrantLock lock = new ReentrantLock();

    /** @param directory where the file is kept; null keeps nothing */
    PinFile(@Nullable Path directory) {
        this.directory = directory;
    }

    /** Returns the mode that is kept for this model. */
    ServingMode read(@Nullable String name) {
        if (directory == null) {
            return new Following();
        }
        try {
            List<Pinned> pins = pins(directory);
            List<Pinned> own = pins.stream()
                    .filter(pin -> name == null || pin.name().equals(name))
                    .toList();
            return switch (own.size()) {
                case 0 -> new Following();
                case 1 -> own.getFirst();
                default -> new Halted(wrongLine(directory, own.get(1).reference() + " too"));
            };
        } catch (NoSuchFileException e) {
            return new Following();
        } catch (UnreadablePinException e) {
            return new Halted(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Halted(file(directory) + ": cannot be read: " + e);
        }
    }

    /** A problem that the message describes in full. */
    private static final class UnreadablePinException extends IOException {

        private static final long serialVersionUID = 1;

        UnreadablePinException(String message) {
            super(message);
        }
    }

    private static List<Pinned> pins(Path directory) throws IOException {
        requireNoDeadEnd(directory);
        requireNoDeadEnd(file(directory));
        List<String> lines = Files.readString(file(directory)).strip().lines().toList();
        if (lines.isEmpty()) {
            throw new UnreadablePinException(wrongLine(directory, "empty"));
        }
        List<Pinned> pins = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line.strip());
            if (!matcher.matches()) {
                throw new UnreadablePinException(wrongLine(directory, line));
            }
            pins.add(new Pinned(matcher.group(1), Integer.parseInt(matcher.group(2))));
        }
        return pins;
    }

    /** Refuses a dangling symbolic link: its target may only be unmounted for now, and could hold a pin. */
    private static void requireNoDeadEnd(Path path) throws UnreadablePinException {
        if (Files.isSymbolicLink(path) && Files.notExists(path)) {
            throw new UnreadablePinException(path + ": dangling symbolic link");
        }
    }

    private static Path file(Path directory) {
        return directory.resolve("pinned-model");
    }

    private static String wrongLine(Path directory, String found) {
        return file(directory) + ": one line NAME/VERSION, not " + found;
    }

    /**
     * Saves this mode if it is a pin; otherwise removes the pin saved for the model. The file is replaced atomically.
     *
     * @throws IOException also if the pins of other models cannot be read and so would be lost
     */
    void write(@Nullable String name, ServingMode mode) throws IOException {
        if (directory == null) {
            return;
        }
        lock.lock();
        try {
            List<Pinned> pins = new ArrayList<>(name == null ? List.of() : pinsOfOthers(directory, name));
            if (mode instanceof Pinned pinned) {
                pins.add(pinned);
            }
            replace(Files.createDirectories(directory), pins);
        } finally {
            lock.unlock();
        }
    }

    private static List<Pinned> pinsOfOthers(Path directory, String name) throws IOException {
        try {
            return pins(directory).stream()
                    .filter(pin -> !pin.name().equals(name))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static void replace(Path directory, List<Pinned> pins) throws IOException {
        if (pins.isEmpty()) {
            Files.deleteIfExists(file(directory));
        } else {
            Path draft = Files.createTempFile(directory, ".draft-", "");
            try {
                List<String> lines = pins.stream().map(Pinned::reference).toList();
                Files.write(draft, lines, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
                Files.move(draft, file(directory), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
