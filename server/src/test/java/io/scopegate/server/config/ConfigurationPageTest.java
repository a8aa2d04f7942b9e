package io.scopegate.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Checks that {@code docs/configuration.md} is what {@link ConfigurationPage} generates, or writes it on request. */
class ConfigurationPageTest {

    private static final String WRITE = "write-configuration-page";
    private static final String COMMAND =
            "./mvnw -q -pl server -am test -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false -D"
                    + WRITE;
    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final Path SOURCE = Path.of("src/main/java/io/scopegate/server/config/ServerConfig.java");

    @Test
    void thePageSaysWhatTheConfigurationIs() throws IOException {
        String page = new ConfigurationPage(ConfigComments.read(SOURCE)).markdown(COMMAND);

        if (System.getProperty(WRITE) != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("written anew by: %s", COMMAND).content().isEqualTo(page);
    }
}
