package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds frames in a folder whose subfolders {@code inbody} and {@code outbody} give the label. */
public final class FrameFolder {

    private FrameFolder() {}

    /**
     * Finds the frames of both labels, sorted by name within each. Symbolic links are followed. All other files in the
     * two subfolders, and links that lead to no file, are skipped and listed in the result.
     *
     * @param folder folder with at least one of the two subfolders
     * @param group group of all frames; if empty, the name of the folder
     * @throws IOException if the folder cannot be read or contains no frame
     */
    public static FrameSet read(Path folder, Optional<String> group) throws IOException {
        String name = group.orElseGet(() -> nameOf(folder));
        List<LabelledFrame> frames = new ArrayList<>();
        List<Path> skipped = new ArrayList<>();
        List<Path> dangling = new ArrayList<>();
        for (Label label : Label.values()) {
            Path labelled = folder.resolve(label.text());
            if (Files.isDirectory(labelled)) {
                FolderFiles found = FolderFiles.in(labelled);
                found.files().stream()
                        .filter(FrameFolder::isPicture)
                        .sorted()
                        .forEach(file -> frames.add(new LabelledFrame(file, label, name, group.isPresent())));
                found.files().stream().filter(file -> !isPicture(file)).sorted().forEach(skipped::add);
                found.dangling().stream().sorted().forEach(dangling::add);
            }
        }
        return FrameSet.requireFrames(new FrameSet(frames, 0, skipped, dangling), folder);
    }

    /** Returns the last name of a folder's path. The root of a file system has none, so its path is returned. */
    public static String nameOf(Path folder) {
        Path name = folder.getFileName();
        return (name == null ? folder : name).toString();
    }

    static boolean isPicture(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
    }
}
