package io.scopegate.cli.input;

import io.scopegate.bundle.frame.PixelFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Walks over all pictures of the given files and folders in the order given, folders in the order of their names. */
public final class PictureSource {

    private final List<Path> files;

    private PictureSource(List<Path> files) {
        this.files = files;
    }

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
     * @throws IOException if a path is not there or a named file is of no supported kind
     */
    public static PictureSource of(List<Path> paths) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                files.addAll(inFolder(path));
            } else if (!Files.isRegularFile(path)) {
                throw new IOException(path + ": no such file or folder");
            } else if (!isSupported(path)) {
                throw new IOException(path + ": a .jpg, .jpeg, .png or .avi file, not this");
            } else {
                files.add(path);
            }
        }
        return new PictureSource(files);
    }

    private static List<Path> inFolder(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .filter(PictureSource::isSupported)
                    .sorted()
                    .toList();
        }
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
