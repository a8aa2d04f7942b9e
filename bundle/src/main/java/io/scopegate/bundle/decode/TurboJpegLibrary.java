package io.scopegate.bundle.decode;

import io.scopegate.bundle.file.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The functions of {@code libscopegate_jpeg.so}, whose source is {@code src/main/native}. The library is loaded on
 * first use, from the directory that the system property {@code scopegate.native.path} names if it is there, otherwise
 * from this jar. A native image must initialise this class at run time.
 *
 * <p>Callers must check offsets, lengths and handles; the native side does not. A handle is used by one thread at a
 * time.
 */
final class TurboJpegLibrary {

    /** Outcomes; the numbers are those in the C source. */
    static final int DECODED = 0;

    static final int CORRUPT = 1;
    static final int UNSUPPORTED = 2;
    static final int BAD_SIZE = 3;

    private static final String FILE = "libscopegate_jpeg.so";

    static {
        load();
    }

    private TurboJpegLibrary() {}

    /** Returns the handle of a new decoder, or 0 if there is no memory for it. */
    static native long open();

    static native void close(long handle);

    /** Returns the number of handles that are open in the whole process. */
    static native int openHandles();

    static native String version();

    /** Returns libjpeg's own text for the last picture that was not {@link #DECODED}. */
    static native String message(long handle);

    /** Writes width and height into {@code size} and returns the outcome. */
    static native int readHeader(long handle, byte[] jpeg, int offset, int length, int[] size);

    /** Fills {@code rgb}, which must have room for the size that the header states, and returns the outcome. */
    static native int decode(long handle, byte[] jpeg, int offset, int length, byte[] rgb);

    private static void load() {
        Path given = given();
        if (given != null) {
            System.load(given.toString());
            return;
        }
        try {
            loadFromJar();
        } catch (IOException e) {
            throw new LinkageError("cannot unpack " + resource() + ": " + FileFault.text(e), e);
        }
    }

    private static @Nullable Path given() {
        String directory = System.getProperty("scopegate.native.path");
        if (directory == null) {
            return null;
        }
        Path file = Path.of(directory, FILE).toAbsolutePath();
        return Files.isRegularFile(file) ? file : null;
    }

    /**
     * Loads a temporary copy of the library and deletes it at once. Linux keeps the mapping, and a process that is
     * killed later leaves nothing behind.
     */
    private static void loadFromJar() throws IOException {
        Path directory = Files.createTempDirectory("scopegate-");
        Path file = directory.resolve(FILE);
        try (InputStream library = TurboJpegLibrary.class.getResourceAsStream(resource())) {
            if (library == null) {
                throw new UnsatisfiedLinkError("no " + resource() + " in this build");
            }
            Files.copy(library, file);
            System.load(file.toString());
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(directory);
        }
    }

    private static String resource() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        return system + "-" + arch + "/" + FILE;
    }
}
