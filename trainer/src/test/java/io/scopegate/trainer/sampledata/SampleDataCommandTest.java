package io.scopegate.trainer.sampledata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class SampleDataCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void commandWritesBalancedClassesAndManifest() throws Exception {
        int code = run("--out", folder.resolve("new/data").toString(), "--count", "8", "--size", "96x64");

        assertThat(code).isZero();
        List<String> manifest = Files.readAllLines(folder.resolve("new/data/manifest.csv"));
        assertThat(manifest).hasSize(9).startsWith("file,label,group,scene,seed");
        assertThat(manifest.get(1)).matches("inbody/00000\\.jpg,inbody,rendered-1-([a-z-]+),\\1,1");
        assertThat(manifest.get(2)).matches("outbody/00001\\.jpg,outbody,rendered-1-([a-z-]+),\\1,1");
        for (String line : manifest.subList(1, 9)) {
            Path file = folder.resolve("new/data").resolve(line.substring(0, line.indexOf(',')));
            assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(96);
        }
    }

    @Test
    void sameSeedWritesTheSameFiles() throws Exception {
        run("--out", folder.resolve("a").toString(), "--count", "6", "--seed", "7", "--size", "96x64");
        run("--out", folder.resolve("b").toString(), "--count", "6", "--seed", "7", "--size", "96x64");

        for (String file : List.of("manifest.csv", "inbody/00004.jpg", "outbody/00005.jpg")) {
            assertThat(folder.resolve("b").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("a").resolve(file));
        }
    }

    @Test
    void filesDoNotDependOnTheDefaultLocale() throws Exception {
        for (String clip : List.of("--json", "--clip")) {
            run("--out", folder.resolve("a" + clip).toString(), "--count", "8", "--size", "192x128", clip);
            Locale machine = Locale.getDefault();
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            try {
                run("--out", folder.resolve("b" + clip).toString(), "--count", "8", "--size", "192x128", clip);
            } finally {
                Locale.setDefault(machine);
            }

            for (String line : Files.readAllLines(folder.resolve("a" + clip + "/manifest.csv"))) {
                String file = line.startsWith("file,") ? "manifest.csv" : line.substring(0, line.indexOf(','));
                assertThat(folder.resolve("b" + clip).resolve(file))
                        .hasSameBinaryContentAs(folder.resolve("a" + clip).resolve(file));
            }
        }
    }

    @Test
    void jsonSummaryIsOneLine() throws Exception {
        run("--out", folder.resolve("a").toString(), "--count", "4", "--size", "96x64", "--json");

        assertThat(out.toString().strip().lines()).hasSize(1);
        JsonNode line = new ObjectMapper().readTree(out.toString());
        assertThat(line.get("frames").intValue()).isEqualTo(4);
        assertThat(line.get("inbody").intValue()).isEqualTo(2);
        assertThat(line.get("scenes")).isNotEmpty();
    }

    @Test
    void clipFramesOfOneShotShareAGroup() throws Exception {
        run("--out", folder.resolve("a").toString(), "--count", "20", "--clip", "--size", "96x64");

        List<String> groups = Files.readAllLines(folder.resolve("a/manifest.csv")).stream()
                .skip(1)
                .map(line -> line.split(",")[2])
                .distinct()
                .toList();
        assertThat(groups).hasSize(1);
        assertThat(groups.getFirst()).endsWith("-clip1-shot000");
    }

    @Test
    void folderThatIsNotEmptyIsRefused() throws Exception {
        Files.writeString(folder.resolve("kept.txt"), "kept");

        int code = run("--out", folder.toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("--out: '" + folder + "' is not empty");
        assertThat(folder.resolve("inbody")).doesNotExist();
    }

    @Test
    void folderThatCannotBeMadeIsNamedInOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("kept.txt"), "kept");

        int code = run("--out", file.resolve("data").toString(), "--count", "2", "--size", "96x64");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().strip()).startsWith("scopegate: ").contains(file.toString());
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void outputFolderContainsOnlyFramesAndManifest() throws Exception {
        run("--out", folder.toString(), "--count", "2", "--size", "96x64");

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("inbody", "outbody", "manifest.csv");
        }
    }

    @Test
    void wrongArgumentsAreRefusedByNameAndValue() {
        assertThat(run("--out", folder.resolve("a").toString(), "--count", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--count: 1 to 100000 frames are possible, got 0");
        assertThat(run("--out", folder.resolve("a").toString(), "--size", "1x1"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--size: 64 to 4096 pixels a side are possible, got 1x1");
        assertThat(run("--count", "3")).isEqualTo(2);
        assertThat(err.toString()).contains("--out");
        assertThat(folder.resolve("a")).doesNotExist();
    }

    private int run(String... arguments) {
        return new CommandLine(new SampleDataCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
