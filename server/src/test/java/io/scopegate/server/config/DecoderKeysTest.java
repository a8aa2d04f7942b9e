package io.scopegate.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.bundle.decode.FrameDecoder;
import io.scopegate.bundle.frame.FrameLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the settings of the JPEG decoder reach it as system properties, or stop the start. */
class DecoderKeysTest {

    @AfterEach
    void forget() {
        System.clearProperty("scopegate.jpeg.decoder");
        System.clearProperty("scopegate.native.path");
    }

    @Test
    void imageIoDecodesWhereAFileOfSettingsSaysSo() {
        DecoderKeys.tell(ServerConfigTest.config(Map.of("scopegate.jpeg.decoder", "imageio")));

        try (FrameDecoder decoder = FrameDecoder.open(FrameLimits.DEFAULT)) {
            assertThat(decoder.jpegDecoder()).contains("ImageIO");
        }
    }

    @Test
    void librariesComeFromWhereAFileOfSettingsSays(@TempDir Path directory) throws IOException {
        Files.createFile(directory.resolve("libscopegate_jpeg.so"));

        DecoderKeys.tell(ServerConfigTest.config(Map.of("scopegate.native.path", directory.toString())));

        assertThat(System.getProperty("scopegate.native.path")).isEqualTo(directory.toString());
    }

    @Test
    void aDirectoryWithoutTheLibraryIsRefused(@TempDir Path directory) {
        ServerConfig config = ServerConfigTest.config(Map.of("scopegate.native.path", directory.toString()));

        assertThatThrownBy(() -> DecoderKeys.tell(config))
                .hasMessage("scopegate.native.path: a directory that holds libscopegate_jpeg.so, not " + directory);
        assertThat(System.getProperties()).doesNotContainKey("scopegate.native.path");
    }

    /** ImageIO is for machines where the library is missing or does not load, so it must not require one. */
    @Test
    void imageIoNeedsNoLibrary(@TempDir Path directory) {
        DecoderKeys.tell(ServerConfigTest.config(
                Map.of("scopegate.jpeg.decoder", "imageio", "scopegate.native.path", directory.toString())));

        assertThat(System.getProperty("scopegate.jpeg.decoder")).isEqualTo("imageio");
        assertThat(System.getProperty("scopegate.native.path")).isEqualTo(directory.toString());
    }

    @Test
    void noSystemPropertyIsSetWithoutConfiguration() {
        DecoderKeys.tell(ServerConfigTest.config(Map.of()));

        assertThat(System.getProperties()).doesNotContainKeys("scopegate.jpeg.decoder", "scopegate.native.path");
    }

    @Test
    void aDecoderThatThereIsNotIsRefused() {
        ServerConfig config = ServerConfigTest.config(Map.of("scopegate.jpeg.decoder", "turbo"));

        assertThatThrownBy(() -> DecoderKeys.tell(config))
                .hasMessage("scopegate.jpeg.decoder: imageio or absent, not turbo");
    }
}
