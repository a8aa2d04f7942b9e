package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.plan.PlanReader;
import io.scopegate.trainer.plan.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannedFramesTest {

    @TempDir
    Path folder;

    @BeforeEach
    void writeFrames() throws IOException {
        for (String name : List.of("a", "b")) {
            for (String label : List.of("inbody", "outbody")) {
                Path frames = Files.createDirectories(folder.resolve(name).resolve(label));
                Files.createFile(frames.resolve("1.jpg"));
            }
        }
    }

    /** The second source reaches the folder of the first by another path. */
    @Test
    void pictureOfTwoSourcesIsRefusedByName() throws IOException {
        TrainingPlan plan = plan("shuffled", source("a", "v"), source("b/../a", "w"));

        assertThatThrownBy(() -> PlannedFrames.find(plan.data().orElseThrow()))
                .isInstanceOf(PlanException.class)
                .hasMessage("data.sources.1: " + folder.resolve("a/inbody/1.jpg") + " is also in data.sources.0");
    }

    /** Three links to one file, in both splits and with both labels: two warnings, as for copies. */
    @Test
    void linksToOneFileAreTakenAndWarnedOfAsCopiesAre() throws IOException {
        Path stored = Files.writeString(folder.resolve("stored-once"), "a picture");
        Path inBody = Files.createSymbolicLink(folder.resolve("a/inbody/2.jpg"), stored);
        Path again = Files.createSymbolicLink(folder.resolve("a/inbody/3.jpg"), stored);
        Path outOfBody = Files.createSymbolicLink(folder.resolve("b/outbody/2.jpg"), stored);
        Files.writeString(folder.resolve("train.json"), """
                [{"image": "a/inbody/2.jpg", "label": 0}, {"image": "a/inbody/3.jpg", "label": 0},
                 {"image": "a/outbody/1.jpg", "label": 1}]
                """);
        Files.writeString(folder.resolve("val.json"), "[{\"image\": \"b/outbody/2.jpg\", \"label\": 1}]");

        List<String> warnings = warnings(lists());

        assertThat(warnings)
                .hasSize(2)
                .allSatisfy(warning -> assertThat(warning)
                        .contains(": 1: ")
                        .contains(inBody.toString(), again.toString(), outOfBody.toString()));
    }

    @Test
    void linksToOneFileInTwoSourcesAreNoFault() throws IOException {
        Files.createSymbolicLink(folder.resolve("b/outbody/2.jpg"), folder.resolve("a/inbody/1.jpg"));
        TrainingPlan plan = plan("shuffled", source("a", "v"), source("b", "w"));

        assertThat(PlannedFrames.find(plan.data().orElseThrow()).all().frames()).hasSize(5);
    }

    @Test
    void copyOfAPictureInAnotherSplitOrWithAnotherLabelIsWarnedOf() throws IOException {
        Files.writeString(folder.resolve("a/inbody/1.jpg"), "one");
        Files.writeString(folder.resolve("a/outbody/1.jpg"), "two");
        Files.writeString(folder.resolve("b/inbody/1.jpg"), "one");
        Files.writeString(folder.resolve("b/outbody/1.jpg"), "none like it");
        Files.writeString(folder.resolve("b/outbody/2.jpg"), "two");
        Files.writeString(folder.resolve("b/inbody/2.jpg"), "none like it");
        Files.writeString(folder.resolve("train.json"), """
                [{"image": "a/inbody/1.jpg", "label": 0}, {"image": "a/outbody/1.jpg", "label": 1},
                 {"image": "b/outbody/1.jpg", "label": 1}, {"image": "b/inbody/2.jpg", "label": 0}]
                """);
        Files.writeString(folder.resolve("val.json"), """
                [{"image": "b/inbody/1.jpg", "label": 0}, {"image": "b/outbody/2.jpg", "label": 1}]
                """);

        List<String> warnings = warnings(lists());

        assertThat(warnings).hasSize(2);
        assertThat(warnings.getFirst())
                .startsWith(
                        "WARNING: data: the same picture, byte for byte, in several of train, validation and test, so"
                                + " the figures are too optimistic: 2: ")
                .contains(folder.resolve("a/inbody/1.jpg") + " = " + folder.resolve("b/inbody/1.jpg"))
                .contains(folder.resolve("a/outbody/1.jpg") + " = " + folder.resolve("b/outbody/2.jpg"));
        assertThat(warnings.getLast())
                .startsWith(
                        "WARNING: data: the same picture, byte for byte, with both labels; one label must be wrong: 1: ")
                .contains(folder.resolve("b/inbody/2.jpg") + " = " + folder.resolve("b/outbody/1.jpg"));
    }

    @Test
    void groupsInSeveralListsAreNamedInOneWarning() throws IOException {
        writeList("train.json", "\"group\": \"v\", ", "a/inbody/1.jpg");
        writeList("val.json", "\"group\": \"v\", ", "b/inbody/1.jpg");

        assertThat(warnings(lists()))
                .containsExactly("WARNING: data: the same group in several of train, validation and test; its frames"
                        + " resemble each other, so the figures are too optimistic: 1: v in train and validation");
    }

    /** Two lists without groups have the same file name: that is no common group. */
    @Test
    void nameOfTwoListsIsNoGroup() throws IOException {
        writeList("train.json", "", "a/inbody/1.jpg");
        writeList("b/train.json", "", "b/inbody/1.jpg");

        TrainingPlan plan = lists("\"train\": \"train.json\", \"test\": \"b/train.json\"");

        assertThat(warnings(plan)).isEmpty();
    }

    /** Writes a list of two pictures, one of each label. A picture's content is its path, so no two are the same. */
    private void writeList(String list, String group, String inBody) throws IOException {
        String outOfBody = inBody.replace("inbody", "outbody");
        Files.writeString(folder.resolve(inBody), inBody);
        Files.writeString(folder.resolve(outOfBody), outOfBody);
        Files.writeString(
                folder.resolve(list),
                "[{%1$s\"image\": \"%2$s/%3$s\", \"label\": 0},".formatted(group, folder, inBody)
                        + "{%1$s\"image\": \"%2$s/%3$s\", \"label\": 1}]".formatted(group, folder, outOfBody));
    }

    /** A group may be in two sources, unless draws are balanced between the sources. */
    @Test
    void groupOfTwoSourcesIsRefusedWhereDrawsGoBySource() throws IOException {
        TrainingPlan plan = plan("balanced", source("a", "v"), source("b", "v"));
        PlannedFrames frames = PlannedFrames.find(plan.data().orElseThrow());

        assertThat(frames.split().train()).hasSize(4);
        assertThatThrownBy(
                        () -> frames.load(plan.data().orElseThrow(), plan.fit().orElseThrow(), ProgressLine::of))
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "data.sources: the group v is in several sources, which fit.drawing balanced does not allow");
    }

    private static List<String> warnings(TrainingPlan plan) throws IOException {
        return PlannedFrames.find(plan.data().orElseThrow()).warnings(new DataDigest()).stream()
                .map(DataWarning::line)
                .toList();
    }

    private TrainingPlan lists() throws IOException {
        return lists("\"train\": \"train.json\", \"validation\": \"val.json\"");
    }

    private TrainingPlan lists(String lists) throws IOException {
        Path file = Files.writeString(folder.resolve("plan.json"), """
                {"network": {"width": 16, "blocks": [1, 1, 1, 1]}, "runs": "runs", "data": {%s}}
                """.formatted(lists));
        return PlanReader.of(List.of(file), List.of()).training();
    }

    private static String source(String name, String group) {
        return "{\"folder\": \"%s\", \"group\": \"%s\"}".formatted(name, group);
    }

    private TrainingPlan plan(String drawing, String... sources) throws IOException {
        Path file = Files.writeString(folder.resolve("plan.json"), """
                {"network": {"width": 16, "blocks": [1, 1, 1, 1]}, "runs": "runs",
                 "data": {"sources": [%s]}, "fit": {"drawing": "%s"}}
                """.formatted(String.join(", ", sources), drawing));
        return PlanReader.of(List.of(file), List.of()).training();
    }
}
