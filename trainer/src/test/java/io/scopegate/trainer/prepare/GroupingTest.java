package io.scopegate.trainer.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupingTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "video-1/inbody/a.jpg, video-1",
        "video-1/outbody/a.jpg, video-1",
        "outbody_video-1/a.jpg, video-1",
        "inbody/video-1/a.jpg, video-1",
        "site/video-1/x/a.jpg, site/video-1/x",
        "inbody/a.jpg, .",
        "a.jpg, ."
    })
    void folderIsTheGroupWithoutTheLabel(String path, String group) throws IOException {
        assertThat(group(Grouping.parse("folder"), path)).isEqualTo(group);
    }

    @ParameterizedTest
    @CsvSource({"regex:^[a-z]+-[0-9]+, lap-12/inbody/7.jpg, lap-12", "regex:/([0-9]+)_, inbody/12_7.jpg, 12"})
    void patternFindsTheGroup(String how, String path, String group) throws IOException {
        assertThat(group(Grouping.parse(how), path)).isEqualTo(group);
    }

    @Test
    void columnOfACsvFileIsTheGroup() throws IOException {
        Path csv = Files.writeString(folder.resolve("list.csv"), "video,file\nv7,inbody/a.jpg\n");

        assertThat(group(Grouping.parse("csv:" + csv + ":video"), "inbody/a.jpg"))
                .isEqualTo("v7");
    }

    @Test
    void pictureWithoutAGroupIsNamed() {
        assertThatThrownBy(() -> group(Grouping.parse("regex:([0-9]+)_"), "inbody/a.jpg"))
                .hasMessage("--group-by: a group for every picture, none for " + folder.resolve("inbody/a.jpg"));
    }

    @Test
    void pictureOfTwoGroupsIsNamed() throws IOException {
        Path csv = Files.writeString(folder.resolve("list.csv"), "video,file\nv7,a.jpg\nv7,a.jpg\nv8,./a.jpg\n");

        assertThatThrownBy(() -> group(Grouping.parse("csv:" + csv + ":video"), "a.jpg"))
                .hasMessage(csv + ": CSV: line 4: video: one value for ./a.jpg, not v7 and v8");
    }

    @Test
    void columnThatIsNotThereIsNamed() throws IOException {
        Path csv = Files.writeString(folder.resolve("list.csv"), "video,file\n");

        assertThatThrownBy(() -> group(Grouping.parse("csv:" + csv + ":clip"), "a.jpg"))
                .hasMessageEndingWith("header: columns file and clip, found [video, file]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "video", "regex:", "regex:(", "csv:", "csv:file.csv", "csv:file.csv:"})
    void invalidGroupingIsRefused(String how) {
        assertThatThrownBy(() -> Grouping.parse(how))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--group-by");
    }

    private String group(Grouping grouping, String path) throws IOException {
        LabelledFrame picture = new LabelledFrame(folder.resolve(path), Label.IN_BODY, "");
        return grouping.apply(List.of(picture), folder).getFirst().group();
    }
}
