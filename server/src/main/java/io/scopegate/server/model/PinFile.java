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
 * Keeps pins over a restart: one line, {@code NAME/VERSION}, for each model that is pinned. Who pinned a version did so
 * because another one must not serve, so a file that cannot be read serves none rather than any. All models share it;
 * one that has no name is alone, and the whole file is about it. Any thread.
 */
final class PinFile {

    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,63})/([1-9][0-9]{0,8})");

    private final @Nullable Path directory;
    private final ReentrantLock lock = new ReentrantLock();

    /** In this directory; null keeps nothing. */
    PinFile(@Nullable Path directory) {
        this.directory = directory;
    }

    /** What is kept of this model. */
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

    /** Says what is wrong. */
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

    /** What a link leads to may only not be mounted yet: nobody can say that it holds no pin. */
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
     * Keeps this mode of a model if it is a pin, and forgets the model's last one if it is not. Whole or not at all.
     *
     * @throws IOException also if what is kept of other models cannot be read, and so cannot be kept on
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
