package io.scopegate.cli.input;

import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.trainer.dataset.FolderFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Walks over all pictures of the given files and folders in the order given, folders in the order of their names. */
public final class PictureSource {

    /** The names of the files that it takes, for people. */
    public static final String FORMATS = ".jpg, .jpeg, .png or .avi";

    private final List<Path> files = new ArrayList<>();
    private int skipped;

    private PictureSource() {}

    /** Receives one picture after the other. */
    public interface Sink {
        /** Takes a picture; may wait until there is room for it. */
        void accept(EncodedPicture picture) throws IOException, InterruptedException;
    }

    /**
     * One picture as it lies on disk.
     *
     * @param path the file; pictures of a video have their number behind it, from {@code #0} on
     * @param pixelFormat JPEG or PNG
     * @param bytes the whole encoded picture
     */
    public record EncodedPicture(String path, PixelFormat pixelFormat, byte[] bytes) {}

    /**
     * Finds the files.
     *
     * @param paths files (JPEG, PNG, AVI, in any case) or folders, which are searched to the bottom
     * @throws IOException in one line, if a path is not there, a named file is of no supported kind, or a folder cannot be
     *     read whole, holds no supported file or by its name a link to one that is not there
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
            throw new IOException(missing.getFirst() + ": link to a file that does not exist (" + missing.size()
                    + " such in " + folder + ")");
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

    /** How many files of the folders are of no supported kind. */
    public int skipped() {
        return skipped;
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

    /** Hands every picture to the sink, one file in memory at a time. */
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

    private static void forEachInVideo(Path file, Sink sink) throws IOException, InterruptedException {
        try (MjpegAvi avi = MjpegAvi.open(file)) {
            int number = 0;
            for (Optional<byte[]> picture = avi.next(); picture.isPresent(); picture = avi.next()) {
                sink.accept(new EncodedPicture(file + "#" + number++, PixelFormat.JPEG, picture.get()));
            }
        }
    }
}
