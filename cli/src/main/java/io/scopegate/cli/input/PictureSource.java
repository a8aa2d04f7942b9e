package io.scopegate.cli.input;

import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.trainer.dataset.FolderFiles;
import io.scopegate.trainer.dataset.MissingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Walks over all pictures of the given files and folders in the given order, and within folders in the order of their
 * names.
 */
public final class PictureSource {

    /** The supported file names, for humans. */
    public static final String FORMATS = ".jpg, .jpeg, .png or .avi";

    private final List<Path> files = new ArrayList<>();
    private int skipped;
    private int dropped;

    private PictureSource() {}

    /** Receives the pictures one after the other. */
    public interface Sink {
        /** Takes a picture; may block until there is room for it. */
        void accept(EncodedPicture picture) throws IOException, InterruptedException;
    }

    /**
     * One picture as it is on disk.
     *
     * @param path path of the file; for a picture of a video, followed by the number of its frame, from {@code #0} on
     * @param pixelFormat JPEG or PNG
     * @param bytes the whole encoded picture
     */
    public record EncodedPicture(String path, PixelFormat pixelFormat, byte[] bytes) {}

    /**
     * Finds the files.
     *
     * @param paths files (JPEG, PNG, AVI, in any case) or folders, which are searched recursively
     * @throws IOException with a message of one line, if a path does not exist, a named file is of an unsupported
     *     kind, a folder cannot be read completely or contains no supported file, or a folder contains a dangling link
     *     with the name of a supported file
     */
    public static PictureSource of(List<Path> paths) throws IOException {
        PictureSource source = new PictureSource();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                source.addFolder(path);
            } else if (!Files.isRegularFile(path)) {
                throw new IOException(path + ": no such file or folder");
            } else if (!isSupported(path)) {
                throw new IOException(path + ": not a " + FORMATS + " file");
            } else {
                source.files.add(path);
            }
        }
        return source;
    }

    private void addFolder(Path folder) throws IOException {
        FolderFiles found = FolderFiles.in(folder);
        List<Path> missing = found.dangling().stream()
                .filter(PictureSource::isSupported)
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw new IOException(
                    MissingFile.text(missing.getFirst()) + " (" + missing.size() + " such in " + folder + ")");
        }
        List<Path> all = new ArrayList<>(found.files());
        all.addAll(found.dangling());
        List<Path> pictures =
                all.stream().filter(PictureSource::isSupported).sorted().toList();
        if (pictures.isEmpty()) {
            throw new IOException(folder + ": no " + FORMATS + " file among " + all.size() + " files");
        }
        files.addAll(pictures);
        skipped += all.size() - pictures.size();
    }

    /** Returns how many files in the folders are of an unsupported kind. */
    public int skipped() {
        return skipped;
    }

    /** Returns how many frames of the videos that were read so far have no picture, since the recorder dropped them. */
    public int dropped() {
        return dropped;
    }

    private static boolean isSupported(Path path) {
        return isAvi(path) || pixelFormat(path).isPresent();
    }

    private static boolean isAvi(Path path) {
        return lowerName(path).endsWith(".avi");
    }

    private static Optional<PixelFormat> pixelFormat(Path path) {
        String name = lowerName(path);
        if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
            return Optional.of(PixelFormat.JPEG);
        }
        return name.endsWith(".png") ? Optional.of(PixelFormat.PNG) : Optional.empty();
    }

    private static String lowerName(Path path) {
        return path.toString().toLowerCase(Locale.ROOT);
    }

    /**
     * Passes every picture to the sink, with one file in memory at a time.
     *
     * @throws IOException if a file cannot be read completely, or a video contains no frame
     */
    public void forEach(Sink sink) throws IOException, InterruptedException {
        for (Path file : files) {
            if (isAvi(file)) {
                forEachInVideo(file, sink);
            } else {
                PixelFormat format = pixelFormat(file).orElseThrow();
                sink.accept(new EncodedPicture(file.toString(), format, Files.readAllBytes(file)));
            }
        }
    }

    private void forEachInVideo(Path file, Sink sink) throws IOException, InterruptedException {
        try (MjpegAvi avi = MjpegAvi.open(file)) {
            int number = 0;
            for (Optional<byte[]> picture = avi.next(); picture.isPresent(); picture = avi.next()) {
                int frame = number++ + avi.dropped();
                sink.accept(new EncodedPicture(file + "#" + frame, PixelFormat.JPEG, picture.get()));
            }
            if (number + avi.dropped() == 0) {
                throw new IOException(file + ": at least one frame, found none");
            }
            dropped += avi.dropped();
        }
    }
}
