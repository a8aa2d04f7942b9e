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
 * The exact pictures that a network saw while it was fitted, as two files of SHA-256 digests in its model directory.
 * The server does not use them; an evaluation tells from them which frames are new to the network. Groups alone would
 * not do, since a folder of pictures has none.
 *
 * @param train SHA-256 of each picture that the network was fitted to
 * @param validation SHA-256 of each picture that may have been used to choose the epoch
 */
public record SeenPictures(Set<String> train, Set<String> validation) {

    private static final String TRAIN = "pictures/train.sha256";
    private static final String VALIDATION = "pictures/validation.sha256";
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public SeenPictures {
        train = Set.copyOf(train);
        validation = Set.copyOf(validation);
    }

    /** Returns the pictures of the split that the network was fitted with. Files that cannot be read are left out. */
    public static SeenPictures of(Split split, DataDigest digest) {
        return new SeenPictures(contents(split.train(), digest), contents(split.validation(), digest));
    }

    private static Set<String> contents(List<LabelledFrame> frames, DataDigest digest) {
        return frames.stream()
                .flatMap(frame -> digest.ofContent(frame.file()).stream())
                .collect(Collectors.toSet());
    }

    /** Writes both lists, sorted, so that they do not reveal the order of the frames. */
    void writeTo(Path directory) throws IOException {
        write(directory.resolve(TRAIN), train);
        write(directory.resolve(VALIDATION), validation);
    }

    private static void write(Path file, Set<String> contents) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, new TreeSet<>(contents));
    }

    /**
     * Reads the lists of a model directory. Empty if the manifest does not list both files, because then nothing
     * vouches for them.
     *
     * @throws IOException if a list cannot be read, or has a line that is not a SHA-256
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
