package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.SampleList;
import io.scopegate.trainer.dataset.SampleList.Sample;
import io.scopegate.trainer.prepare.TestPictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PrepareCommandTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Path data;
    private Path label;

    @BeforeEach
    void writePictures() throws IOException {
        data = folder.resolve("data");
        label = folder.resolve("label");
        TestPictures.writeJpegs(data.resolve("inbody"), 10, 100);
        TestPictures.writeJpegs(data.resolve("outbody"), 10, 200);
    }

    @Test
    void twentyPicturesGiveTwelveFourAndFour() throws IOException {
        assertThat(prepare()).isZero();

        assertThat(list("train").samples()).hasSize(12);
        assertThat(list("val").samples()).hasSize(4);
        assertThat(list("test").samples()).hasSize(4);
        assertThat(list("train").samples().stream().map(Sample::label))
                .containsExactlyElementsOf(labels(6))
                .isSorted();
        assertThat(list("test").samples())
                .allMatch(s -> s.label() == Label.IN_BODY == s.image().contains("/inbody/"));
        assertThat(label).isDirectoryNotContaining("glob:**/.draft-*");
        assertThat(text(out)).contains("train  6 in body, 6 out of body");
    }

    @Test
    void sameSeedGivesTheSameBytes() throws IOException {
        assertThat(prepare("--seed", "5")).isZero();
        Path first = Files.move(label, folder.resolve("first"));

        assertThat(prepare("--seed", "5")).isZero();

        for (String name : List.of("train", "val", "test")) {
            assertThat(label.resolve(name + "_samples.json"))
                    .hasSameBinaryContentAs(first.resolve(name + "_samples.json"));
        }
    }

    @Test
    void picturesAreTakenInAnyCaseAndOtherTypesNamed() throws IOException {
        TestPictures.write(data.resolve("inbody/x.JPEG"), BufferedImage.TYPE_INT_RGB, 1);
        TestPictures.write(data.resolve("outbody/y.Png"), BufferedImage.TYPE_BYTE_GRAY, 2);
        Files.writeString(data.resolve("inbody/z.tif"), "not looked at");
        Files.writeString(data.resolve("notes.txt"), "no picture");

        assertThat(prepare("--json")).isZero();

        JsonNode report = new ObjectMapper().readTree(text(out));
        assertThat(report.at("/train/inbody").asInt()
                        + report.at("/val/inbody").asInt()
                        + report.at("/test/inbody").asInt())
                .isEqualTo(11);
        assertThat(report.get("noDecoder")).hasSize(1);
        assertThat(report.at("/noDecoder/0").asText()).endsWith("z.tif");
        assertThat(report.at("/traits/gray: all three colours are the gray").asInt())
                .isEqualTo(1);
    }

    @Test
    void pictureThatCannotBeDecodedIsLeftOutAndNamed() throws IOException {
        byte[] whole = Files.readAllBytes(data.resolve("inbody/0.jpg"));
        Files.write(data.resolve("inbody/cut.jpg"), Arrays.copyOf(whole, whole.length / 2));

        assertThat(prepare()).isZero();

        assertThat(text(out)).contains("left out, cannot be decoded: 1").contains("cut.jpg: ");
        for (String name : List.of("train", "val", "test")) {
            assertThat(label.resolve(name + "_samples.json")).content().doesNotContain("cut.jpg");
        }
    }

    @Test
    void sameContentWithBothLabelsIsReported() throws IOException {
        Files.copy(data.resolve("inbody/0.jpg"), data.resolve("outbody/copy.jpg"));

        assertThat(prepare("--json")).isZero();

        assertThat(new ObjectMapper()
                        .readTree(text(out))
                        .at("/sameContentWithBothLabels/0")
                        .asText())
                .contains("inbody/0.jpg = ")
                .contains("outbody/copy.jpg");
    }

    @Test
    void folderThatNamesNeitherLabelIsInBodyAndReported() throws IOException {
        TestPictures.writeJpegs(data.resolve("misc"), 1, 300);

        assertThat(prepare()).isZero();

        assertThat(text(out))
                .contains("labelled in body, since the folder name contains neither inbody nor outbody: 1");
    }

    @Test
    void groupsAreKeptTogetherAndWritten() throws IOException {
        for (int video = 0; video < 5; video++) {
            TestPictures.writeJpegs(folder.resolve("videos/v" + video + "/inbody"), 2, 10 * video);
            TestPictures.writeJpegs(folder.resolve("videos/v" + video + "/outbody"), 2, 1000 + 10 * video);
        }
        data = folder.resolve("videos");

        assertThat(prepare("--group-by", "folder")).isZero();

        assertThat(groups("train")).hasSize(3);
        assertThat(groups("val")).hasSize(1).doesNotContainAnyElementsOf(groups("train"));
        assertThat(groups("test"))
                .hasSize(1)
                .doesNotContainAnyElementsOf(groups("val"))
                .doesNotContainAnyElementsOf(groups("train"));
    }

    @Test
    void rowsWithAnotherLabelAndGroupsThatAreNotUsedAreReported() throws IOException {
        StringBuilder csv = new StringBuilder("file,label,group\n");
        for (int k = 0; k < 10; k++) {
            csv.append(
                    "data/inbody/%d.jpg,inbody,v%d\ndata/outbody/%d.jpg,outbody,v%d\n".formatted(k, k % 5, k, k % 5));
        }
        data = Files.writeString(folder.resolve("list.csv"), csv + "data/inbody/0.jpg,trocar,v0\n");

        assertThat(prepare()).isZero();

        assertThat(text(out))
                .contains("left out, a label other than inbody and outbody: 1")
                .contains(
                        "groups of the CSV file that are not used: 5 (--group-by csv:FILE:group keeps each in one split)");
        out.reset();
        label = folder.resolve("grouped");
        assertThat(prepare("--group-by", "csv:" + data + ":group", "--json")).isZero();
        JsonNode report = new ObjectMapper().readTree(text(out));
        assertThat(report.get("otherLabel").asInt()).isEqualTo(1);
        assertThat(report.get("unusedGroups").asInt()).isZero();
    }

    @Test
    void linkedFolderIsFollowed() throws IOException {
        Path linked = Files.createDirectory(folder.resolve("linked"));
        Files.createSymbolicLink(linked.resolve("inbody"), data.resolve("inbody"));
        Files.createSymbolicLink(linked.resolve("outbody"), data.resolve("outbody"));
        data = linked;

        assertThat(prepare()).isZero();

        assertThat(text(out)).contains("train  6 in body, 6 out of body");
    }

    /** Ten links to one picture become ten entries, and the lists can be read. */
    @Test
    void listsOfLinksToOneFileAreReadable() throws IOException {
        Path stored = folder.resolve("stored.jpg");
        TestPictures.write(stored, BufferedImage.TYPE_INT_RGB, 7);
        for (int k = 0; k < 10; k++) {
            Files.createSymbolicLink(data.resolve("inbody/link" + k + ".jpg"), stored);
        }

        assertThat(prepare()).isZero();

        assertThat(list("train").samples()).hasSize(18);
        assertThat(text(out)).contains("the same content in several splits: 1");
    }

    @Test
    void brokenLinkIsLeftOutAndNamed() throws IOException {
        Files.createSymbolicLink(data.resolve("inbody/gone.jpg"), folder.resolve("not mounted/gone.jpg"));

        assertThat(prepare()).isZero();

        assertThat(text(out))
                .contains("left out, broken links: 1")
                .contains("  %s is a link to %s, which does not exist"
                        .formatted(data.resolve("inbody/gone.jpg"), folder.resolve("not mounted/gone.jpg")));
    }

    /** A sparse file of 3 GiB, more than a picture may have. */
    @Test
    void oversizedPictureIsLeftOutAndNamed() throws IOException {
        Path huge = data.resolve("inbody/huge.jpg");
        try (FileChannel channel = FileChannel.open(
                huge, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.allocate(1), 3L << 30);
        }

        assertThat(prepare()).isZero();

        assertThat(text(out))
                .contains("left out, cannot be decoded: 1")
                .contains(huge + ": a picture of at most 536870912 bytes, not 3221225473");
    }

    @Test
    void invalidGroupingIsAUsageError() {
        assertThat(prepare("--group-by", "video")).isEqualTo(2);
        assertThat(prepare("--group-by", "regex:(")).isEqualTo(2);

        assertThat(label).doesNotExist();
    }

    @Test
    void listsThatAreThereAreNeverReplaced() throws IOException {
        Files.createDirectories(label);
        Files.writeString(label.resolve("README"), "does not matter");
        Files.writeString(label.resolve("val_samples.json"), "mine");

        assertThat(prepare()).isEqualTo(1);

        assertThat(text(err)).contains("--out: a folder without sample lists, not one with " + label);
        assertThat(label.resolve("val_samples.json")).hasContent("mine");
        assertThat(label.resolve("train_samples.json")).doesNotExist();
    }

    @Test
    void classWithoutPicturesWritesNothing() {
        data = data.resolve("inbody");

        assertThat(prepare()).isEqualTo(1);

        assertThat(text(err)).contains("outbody: at least 3 pictures, one for each split, found 0");
        assertThat(label).doesNotExist();
    }

    @Test
    void folderThatIsNotThereIsNamed() {
        data = folder.resolve("none");

        assertThat(prepare()).isEqualTo(1);
        assertThat(text(err)).contains("none: no such file or folder");
    }

    @Test
    void unwritableOutputFolderIsRefusedBeforePicturesAreDecoded() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "a file");
        label = file.resolve("label");
        Files.writeString(data.resolve("inbody/0.jpg"), "no picture");

        assertThat(prepare()).isEqualTo(1);

        assertThat(text(err))
                .isEqualTo("scopegate: --out: not a folder that can be written to: " + file + System.lineSeparator());
    }

    private int prepare(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--data", data.toString(), "--out", label.toString()));
        arguments.addAll(List.of(more));
        PrintStream standardOut = System.out;
        PrintStream standardErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            return new CommandLine(new PrepareCommand()).execute(arguments.toArray(String[]::new));
        } finally {
            System.setOut(standardOut);
            System.setErr(standardErr);
        }
    }

    private SampleList list(String name) throws IOException {
        return SampleList.read(label.resolve(name + "_samples.json"));
    }

    private List<String> groups(String name) throws IOException {
        return list(name).samples().stream()
                .map(sample -> sample.group().orElseThrow())
                .distinct()
                .toList();
    }

    private static List<Label> labels(int each) {
        List<Label> labels = new ArrayList<>();
        for (Label label : Label.values()) {
            for (int k = 0; k < each; k++) {
                labels.add(label);
            }
        }
        return labels;
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
