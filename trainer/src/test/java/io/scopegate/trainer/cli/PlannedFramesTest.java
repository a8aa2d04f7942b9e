package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void pictureOfTwoSourcesIsRefusedByName() throws IOException {
        TrainingPlan plan = plan("shuffled", source("a", "v"), source("b/../a", "w"));

        assertThatThrownBy(() -> PlannedFrames.find(plan.data().orElseThrow()))
                .isInstanceOf(PlanException.class)
                .hasMessage("data.sources.1: pictures that data.sources.0 does not have, not "
                        + folder.resolve("a/inbody/1.jpg"));
    }

    @Test
    void groupOfTwoSourcesIsRefusedWhereDrawsGoBySource() throws IOException {
        TrainingPlan plan = plan("balanced", source("a", "v"), source("b", "v"));
        PlannedFrames frames = PlannedFrames.find(plan.data().orElseThrow());

        assertThat(frames.split().train()).hasSize(4);
        assertThatThrownBy(
                        () -> frames.load(plan.data().orElseThrow(), plan.fit().orElseThrow()))
                .isInstanceOf(PlanException.class)
                .hasMessage("data.sources: one source for each group where fit.drawing is balanced, not several for v");
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
