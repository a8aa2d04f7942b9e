package io.scopegate.trainer.prepare;

import io.scopegate.trainer.dataset.FolderFiles;
import io.scopegate.trainer.dataset.FrameFolder;
import io.scopegate.trainer.dataset.FrameManifest;
import io.scopegate.trainer.dataset.FrameSet;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The pictures found in a folder or listed in a CSV file, sorted by path, so that the order is the same on every
 * system.
 *
 * @param pictures JPEG and PNG files without a group, labelled by the folder that they are in or by the CSV file
 * @param undecodable pictures of types that are not supported
 * @param dangling symbolic links whose target does not exist
 * @param unnamed folders whose name contains neither label; their pictures count as in body, as in the reference bundle
 * @param skipped rows of a CSV file that were left out because their label is neither inbody nor outbody
 * @param groups groups of a CSV file, whether they are used or not; empty for a folder
 */
public record FoundPictures(
        List<LabelledFrame> pictures,
        List<Path> undecodable,
        List<Path> dangling,
        Set<Path> unnamed,
        int skipped,
        Set<String> groups) {

    private static final Set<String> DECODED = Set.of("jpg", "jpeg", "png");
    private static final Set<String> NOT_DECODED = Set.of(
            "bmp", "tif", "tiff", "gif", "webp", "jp2", "j2k", "jxl", "heic", "heif", "avif", "ppm", "pgm", "dcm");

    /** The name of no group. */
    static final String NONE = "";

    public FoundPictures {
        pictures = List.copyOf(pictures);
        undecodable = List.copyOf(undecodable);
        dangling = List.copyOf(dangling);
    }

    /**
     * Finds the pictures.
     *
     * @param data a folder, or a CSV file with the columns file, label and group
     * @throws IOException if it cannot be read
     */
    public static FoundPictures in(Path data) throws IOException {
        if (Files.isRegularFile(data)) {
            return listed(FrameManifest.read(data));
        }
        if (!Files.isDirectory(data)) {
            throw new IOException(data + ": no such file or folder");
        }
        return walk(data);
    }

    private static FoundPictures listed(FrameSet set) {
        Set<String> groups = set.frames().stream().map(LabelledFrame::group).collect(Collectors.toSet());
        return new FoundPictures(ungrouped(set.frames()), List.of(), List.of(), Set.of(), set.skipped(), groups);
    }

    private static List<LabelledFrame> ungrouped(List<LabelledFrame> frames) {
        return frames.stream()
                .map(frame -> new LabelledFrame(frame.file(), frame.label(), NONE))
                .sorted(Comparator.comparing(frame -> name(frame.file())))
                .toList();
    }

    private static FoundPictures walk(Path folder) throws IOException {
        List<LabelledFrame> pictures = new ArrayList<>();
        List<Path> undecodable = new ArrayList<>();
        Set<Path> unnamed = new TreeSet<>();
        FolderFiles found = FolderFiles.in(folder);
        for (Path file : sorted(found.files())) {
            String type = type(file);
            if (DECODED.contains(type)) {
                Path parent = file.resolveSibling("");
                String name = FrameFolder.nameOf(parent.toAbsolutePath().normalize());
                boolean outOfBody = name.contains(Label.OUT_OF_BODY.text());
                pictures.add(new LabelledFrame(file, outOfBody ? Label.OUT_OF_BODY : Label.IN_BODY, NONE));
                if (!outOfBody && !name.contains(Label.IN_BODY.text())) {
                    unnamed.add(parent);
                }
            } else if (NOT_DECODED.contains(type)) {
                undecodable.add(file);
            }
        }
        return new FoundPictures(pictures, undecodable, sorted(found.dangling()), unnamed, 0, Set.of());
    }

    private static List<Path> sorted(List<Path> files) {
        return files.stream().sorted(Comparator.comparing(FoundPictures::name)).toList();
    }

    private static String name(Path file) {
        return file.toString().replace('\\', '/');
    }

    private static String type(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
