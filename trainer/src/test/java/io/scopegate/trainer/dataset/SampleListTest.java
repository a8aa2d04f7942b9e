package io.scopegate.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.trainer.dataset.PictureList.Picture;
import io.scopegate.trainer.dataset.SampleList.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleListTest {

    @TempDir
    Path folder;

    private Path list;

    @BeforeEach
    void writePictures() throws IOException {
        list = folder.resolve("val_samples.json");
        Files.createFile(folder.resolve("a.jpg"));
        Files.createFile(folder.resolve("b.png"));
    }

    @Test
    void zeroIsInBodyAndOneIsOutOfBody() throws IOException {
        Files.writeString(
                list, "[{\"image\":\"a.jpg\",\"label\":0},{\"image\":\"b.png\",\"label\":1,\"group\":\"v\"}]");

        SampleList read = SampleList.read(list);

        assertThat(read.samples())
                .containsExactly(
                        new Sample("a.jpg", folder.resolve("a.jpg"), Label.IN_BODY, Optional.empty()),
                        new Sample("b.png", folder.resolve("b.png"), Label.OUT_OF_BODY, Optional.of("v")));
        assertThat(read.frames("val_samples")).extracting(LabelledFrame::group).containsExactly("val_samples", "v");
        assertThat(read.frames("val_samples"))
                .extracting(LabelledFrame::statedGroup)
                .containsExactly(Optional.empty(), Optional.of("v"));
    }

    @Test
    void givenPathTakesPrecedenceOverPathBesideTheList() throws IOException {
        Path given = Path.of("pom.xml");
        Files.createFile(folder.resolve("pom.xml"));
        Files.writeString(list, "[{\"image\":\"pom.xml\",\"label\":0}]");

        assertThat(SampleList.read(list).samples().getFirst().file()).isEqualTo(given);
    }

    @Test
    void linkThatLeadsToNoFileIsNamedWithItsTarget() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("c.jpg"), folder.resolve("gone.jpg"));
        Files.writeString(list, "[{\"image\":\"c.jpg\",\"label\":0}]");

        assertThatThrownBy(() -> SampleList.read(list))
                .isInstanceOf(IOException.class)
                .hasMessage("%s: entry 0: image: %s is a link to %s, which does not exist"
                        .formatted(list, link, folder.resolve("gone.jpg")));
    }

    @Test
    void linkThatLeadsToAFolderIsNotCalledBroken() throws IOException {
        Files.createSymbolicLink(folder.resolve("c.jpg"), Files.createDirectory(folder.resolve("pictures")));
        Files.writeString(list, "[{\"image\":\"c.jpg\",\"label\":0}]");

        assertThatThrownBy(() -> SampleList.read(list))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("relative to the working directory or to the list's folder, not \"c.jpg\"");
    }

    @Test
    void writtenListMatchesPythonJsonByteForByte() throws IOException {
        SampleList written = new SampleList(List.of(
                Sample.of(Path.of("data/inbody/a \"1\".jpg"), Label.IN_BODY, Optional.empty()),
                Sample.of(Path.of("data/outbody/é😀.jpg"), Label.OUT_OF_BODY, Optional.empty())));

        written.write(list);

        // As Python 3 prints it: json.dump(samples, fp, indent=4, separators=(",", ":")).
        assertThat(list).hasContent("""
                [
                    {
                        "image":"data/inbody/a \\"1\\".jpg",
                        "label":0
                    },
                    {
                        "image":"data/outbody/\\u00e9\\ud83d\\ude00.jpg",
                        "label":1
                    }
                ]""");
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void writtenListIsReadBack() throws IOException {
        SampleList written = new SampleList(List.of(
                Sample.of(folder.resolve("a.jpg"), Label.IN_BODY, Optional.of("video 1")),
                Sample.of(folder.resolve("b.png"), Label.OUT_OF_BODY, Optional.empty())));

        written.write(list);

        assertThat(SampleList.read(list)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                     | a JSON array of at least one {"image": path, "label": 0 or 1}, not OBJECT
                    []                                     | not an empty one
                    ``                                     | not an empty file
                    [                                      | not JSON: line 1: Unexpected end-of-input: expected close marker for Array (start marker at line 1, column 1)
                    [{"image":"a.jpg","label":0}] []       | not JSON: line 1: Trailing token
                    [3]                                    | entry 0: {"image": path, "label": 0 or 1}, not 3
                    [{"label":0}]                          | entry 0: image: a path, not absent
                    [{"image":7,"label":0}]                | entry 0: image: a path, not 7
                    [{"image":"a.jpg"}]                    | entry 0: label: 0 for in body or 1 for out of body, not absent
                    [{"image":"a.jpg","label":2}]          | entry 0: label: 0 for in body or 1 for out of body, not 2
                    [{"image":"a.jpg","label":-1}]         | not -1
                    [{"image":"a.jpg","label":4294967296}] | not 4294967296
                    [{"image":"a.jpg","label":0.0}]        | not 0.0
                    [{"image":"a.jpg","label":"0"}]        | not "0"
                    [{"image":"a.jpg","label":true}]       | not true
                    [{"image":"a.jpg","label":0,"group":1}] | entry 0: group: a text, not 1
                    [{"image":"a.jpg","label":0,"label":1}] | Duplicate
                    [{"image":"none.jpg","label":0}]       | entry 0: image: a file, relative to the working directory or to the list's folder, not "none.jpg"
                    [{"image":"a.jpg","label":0},{"image":"./a.jpg","label":1}] | entry 1: image: a picture that no other entry names (entry 0 does), not "./a.jpg"
                    """)
    void wrongListIsRefusedInOneLineWithFileEntryAndReason(String json, String reason) throws IOException {
        Files.writeString(list, json);

        assertThatThrownBy(() -> SampleList.read(list))
                .isInstanceOf(IOException.class)
                .message()
                .startsWith(list + ": ")
                .contains(reason)
                .doesNotContain("\n");
    }

    @Test
    void pictureToBeClassifiedNeedsNoLabel() throws IOException {
        Files.writeString(list, "[{\"image\":\"a.jpg\"},{\"image\":\"b.png\",\"label\":1,\"group\":\"v\"}]");

        assertThat(PictureList.read(list).pictures())
                .containsExactly(
                        new Picture("a.jpg", folder.resolve("a.jpg"), Optional.empty()),
                        new Picture("b.png", folder.resolve("b.png"), Optional.of(Label.OUT_OF_BODY)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    []                                           | a JSON array of at least one {"image": path}, not an empty one
                    ["a.jpg"]                                    | entry 0: {"image": path}, not "a.jpg"
                    [{"label":0}]                                | entry 0: image: a path, not absent
                    [{"image":"a.jpg"},{"image":"b.png","label":2}] | entry 1: label: 0 for in body or 1 for out of body, not 2
                    [{"image":"a.jpg","label":null}]             | entry 0: label: 0 for in body or 1 for out of body, not null
                    [{"image":"a.jpg"},{"image":"./a.jpg"}]      | entry 1: image: a picture that no other entry names
                    """)
    void wrongPictureListIsRefusedWithFileEntryAndReason(String json, String reason) throws IOException {
        Files.writeString(list, json);

        assertThatThrownBy(() -> PictureList.read(list))
                .isInstanceOf(IOException.class)
                .message()
                .startsWith(list + ": ")
                .contains(reason);
    }

    @Test
    void linksToOneFileHaveAnEntryEach() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.jpg"), folder.resolve("a.jpg"));
        Files.writeString(list, "[{\"image\":\"a.jpg\",\"label\":0},{\"image\":\"link.jpg\",\"label\":1}]");

        assertThat(SampleList.read(list).samples()).hasSize(2);
    }

    @Test
    void missingListIsNamed() {
        assertThatThrownBy(() -> SampleList.read(folder.resolve("none.json")))
                .hasMessageEndingWith("none.json: no such file");
    }
}
