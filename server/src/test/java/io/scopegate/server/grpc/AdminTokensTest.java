package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokensTest {

    @TempDir
    Path directory;

    @Test
    void aTokenIsItsHoldersOnly() throws IOException {
        AdminTokens tokens = AdminTokens.read(file("0123456789abcdef  Ward 3\n\nfedcba9876543210\n"));

        assertThat(tokens.holder("0123456789abcdef")).contains("Ward 3");
        assertThat(tokens.holder("fedcba9876543210")).contains("admin");
        assertThat(tokens.holder("0123456789abcdeF")).isEmpty();
        assertThat(tokens.holder("0123456789abcde")).isEmpty();
        assertThat(tokens.holder("")).isEmpty();
        assertThat(tokens.holder("Ward 3")).isEmpty();
    }

    @Test
    void aFileWithoutTokensIsRefused() {
        assertThatThrownBy(() -> AdminTokens.read(file("\n"))).hasMessageContaining("tokens: at least one token");
    }

    @Test
    void aShortTokenIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> AdminTokens.read(file("secret\n")))
                .hasMessageContaining("at least 16 characters, not 6")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> AdminTokens.read(directory.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none: cannot be read: no such file");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("tokens"), content);
    }
}
