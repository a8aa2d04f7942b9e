package io.scopegate.trainer.publish;

import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The very pictures that a network has seen while it was fitted, as two files of its model directory. The server has no
 * use for them. Groups tell less: a folder of pictures has none.
 *
 * @param train SHA-256 of each that it was fitted to
 * @param validation SHA-256 of each that may have chosen the epoch
 */
public record SeenPictures(Set<String> train, Set<String> validation) {

    private static final String TRAIN = "pictures/train.sha256";
    private static final String VALIDATION = "pictures/validation.sha256";
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public SeenPictures {
        train = Set.copyOf(train);
        validation = Set.copyOf(validation);
    }

    /** By the plan that the network was fitted by. */
    public static SeenPictures of(Split split, DataDigest digest) {
        return new SeenPictures(contents(split.train(), digest), contents(split.validation(), digest));
    }

    private static Set<String> contents(List<LabelledFrame> frames, DataDigest digest) {
        return frames.stream()
                .flatMap(frame -> digest.ofContent(frame.file()).stream())
                .collect(Collectors.toSet());
    }

    /** Writes both lists, sorted, so that the order in which pictures were given is nobody's business. */
    void writeTo(Path directory) throws IOException {
        write(directory.resolve(TRAIN), train);
        write(directory.resolve(VALIDATION), validation);
    }

    private static void write(Path file, Set<String> contents) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, new TreeSet<>(contents));
    }

    /**
     * As a model directory has them; empty where its manifest does not list both files, and so vouches for none.
     *
     * @throws IOException if one of them cannot be read, or has a line that is no SHA-256
     */
    public static Optional<SeenPictures> read(PublishedModel model) throws IOException {
        List<String> listed =
                model.manifest().files().stream().map(file -> file.path()).toList();
        if (!listed.containsAll(List.of(TRAIN, VALIDATION))) {
            return Optional.empty();
        }
        return Optional.of(new SeenPictures(
                read(model.directory().resolve(TRAIN)), read(model.directory().resolve(VALIDATION))));
    }

    private static Set<String> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        for (int k = 0; k < lines.size(); k++) {
            if (!SHA_256.matcher(lines.get(k)).matches()) {
                throw new IOException(
                        "%s: line %d: a SHA-256, 64 hexadecimal digits, not %s".formatted(file, k + 1, lines.get(k)));
            }
        }
        return Set.copyOf(new TreeSet<>(lines));
    }
}
