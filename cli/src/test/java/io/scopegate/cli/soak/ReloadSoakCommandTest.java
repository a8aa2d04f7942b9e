package io.scopegate.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ReloadSoakCommandTest {

    private final StringWriter errors = new StringWriter();

    @Test
    void countBelow51IsAUsageError() {
        assertThat(execute("--count", "50", "--model", "/absent")).isEqualTo(2);

        assertThat(errors.toString()).startsWith("--count must be at least 51, got 50");
    }

    /** The missing model is then the fault. */
    @Test
    void countOf51IsAccepted() {
        assertThat(execute("--count", "51", "--model", "/absent")).isEqualTo(1);

        assertThat(errors.toString()).startsWith("scopegate soak: /absent/manifest.json: cannot be read");
    }

    /** The server takes 100 MB more with the first 50 versions, which is not counted, and 5 MB with each after them. */
    @Test
    void everyVersionIsPublishedAndMemoryIsComparedAfterTheFirst50() throws Exception {
        GrowingServer server = new GrowingServer();
        SoakReport report = new SoakReport();
        List<String> progress = new ArrayList<>();

        ReloadSoakCommand.reload(server, 52, progress::add, report);

        assertThat(server.published).isEqualTo("vs".repeat(52));
        assertThat(progress).containsExactly("50 valid and 50 invalid versions, 200.0 MB resident");
        assertThat(report.json())
                .hasToString("{\"soundVersions\":52,\"spoiledVersions\":52,\"rssMbAfterFirst50\":200.0,"
                        + "\"rssMbEnd\":210.0,\"rssMbGrowth\":10.0,\"limits\":{\"rssMbGrowth\":10.0},\"kept\":true}");
    }

    private static final class GrowingServer implements ReloadTarget {

        private String published = "";

        @Override
        public void reload() {
            published += "v";
        }

        @Override
        public void refuse() {
            published += "s";
        }

        @Override
        public double residentMegabytes() {
            int versions = published.length() / 2;
            return versions < 50 ? 100 : 200 + 5 * (versions - 50);
        }
    }

    private int execute(String... arguments) {
        return new CommandLine(new ReloadSoakCommand())
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }
}
