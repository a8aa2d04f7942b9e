package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.trainer.plan.PlanReader;
import io.scopegate.trainer.plan.TrainingPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodedMemoryTest {

    @TempDir
    Path folder;

    @Test
    void tooManyFramesAreRefusedBeforeTheFirstIsDecoded() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(folder.resolve(name + ".jpg"), "no picture " + name);
        }
        Files.writeString(
                folder.resolve("fit.json"),
                "[{\"image\": \"a.jpg\", \"label\": 0}, {\"image\": \"b.jpg\", \"label\": 1}]");
        Files.writeString(folder.resolve("validation.json"), "[{\"image\": \"c.jpg\", \"label\": 0}]");
        Path file = Files.writeString(folder.resolve("plan.json"), """
                {
                  "network": {"width": 16, "blocks": [1, 1, 1, 1]},
                  "data": {"train": "fit.json", "validation": "validation.json", "memoryMiB": 1},
                  "fit": {},
                  "runs": "runs"
                }
                """);
        TrainingPlan plan = PlanReader.of(List.of(file), List.of()).training();
        PlannedFrames frames = PlannedFrames.find(plan.data().orElseThrow());

        assertThatThrownBy(() -> frames.load(plan.data().get(), plan.fit().orElseThrow(), ProgressLine::of))
                .hasMessage("data.memoryMiB: 3 decoded frames need 3 or more, got 1");
    }

    @Test
    void outOfMemoryErrorIsReportedInOneLine() {
        PrintStream standardError = System.err;
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        int status;
        try {
            status = CommandSteps.call(progress -> {
                throw new OutOfMemoryError("Java heap space");
            });
        } finally {
            System.setErr(standardError);
        }

        assertThat(status).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("scopegate: out of memory: Java heap space, with the Java heap of ")
                .endsWith("g makes it larger)");
    }
}
