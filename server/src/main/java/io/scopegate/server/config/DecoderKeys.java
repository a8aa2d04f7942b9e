package io.scopegate.server.config;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Passes the decoder's keys, from whichever configuration source, on as system properties, which are all that it
 * reads.
 */
@Singleton
final class DecoderKeys {

    private static final String DECODER = "scopegate.jpeg.decoder";
    private static final String LIBRARIES = "scopegate.native.path";
    private static final String LIBRARY = "libscopegate_jpeg.so";
    private static final String IMAGE_IO = "imageio";

    /** Runs before the first decoder is opened. */
    void tell(@Observes @Priority(1) StartupEvent event, ServerConfig config) {
        tell(config);
    }

    static void tell(ServerConfig config) {
        config.jpeg().decoder().ifPresent(decoder -> {
            if (!decoder.equals(IMAGE_IO)) {
                throw new IllegalArgumentException(DECODER + ": " + IMAGE_IO + " or absent, not " + decoder);
            }
            System.setProperty(DECODER, decoder);
        });
        config.libraries().path().ifPresent(path -> {
            if (config.jpeg().decoder().isEmpty()) {
                requireLibrary(path);
            }
            System.setProperty(LIBRARIES, path.toString());
        });
    }

    /** Fails if the library is missing there, because the decoder would silently use the one in the jar. */
    private static void requireLibrary(Path directory) {
        if (!Files.isRegularFile(directory.resolve(LIBRARY))) {
            throw new IllegalArgumentException(
                    LIBRARIES + ": a directory that holds " + LIBRARY + ", not " + directory);
        }
    }
}
