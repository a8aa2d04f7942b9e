package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Frames in a folder whose sub-folders {@code inbody} and {@code outbody} give the label. */
public final class FrameFolder {

    private FrameFolder() {}

    /**
     * Finds the frames, in the order of their names; symbolic links are followed. All else in the two sub-folders is
     * skipped.
     *
     * @param folder with at least one of the two sub-folders
     * @param group of all its frames; empty where nobody says, and they are called as the folder is
     * @throws IOException if the folder cannot be read or holds no frame
     */
    public static FrameSet read(Path folder, Optional<String> group) throws IOException {
        String name = group.orElseGet(() -> String.valueOf(folder.getFileName()));
        List<LabelledFrame> frames = new ArrayList<>();
        List<Path> skipped = new ArrayList<>();
        for (Label label : Label.values()) {
            Path labelled = folder.resolve(label.text());
            if (Files.isDirectory(labelled)) {
                FolderFiles found = FolderFiles.in(labelled);
                found.files().stream()
                        .filter(FrameFolder::isPicture)
                        .sorted()
                        .forEach(file -> frames.add(new LabelledFrame(file, label, name, group.isPresent())));
                Stream.concat(found.files().stream().filter(file -> !isPicture(file)), found.dangling().stream())
                        .sorted()
                        .forEach(skipped::add);
            }
        }
        return FrameSet.requireFrames(new FrameSet(frames, 0, skipped), folder);
    }

    static boolean isPicture(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
    }
}
