package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.model.PublishedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DeviceOptionTest {

    @TempDir
    Path folder;

    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private String plan;

    @BeforeEach
    void writePlan() throws IOException {
        Path file = folder.resolve("plan.json");
        Files.writeString(file, """
                {
                  "network": {"width": 16, "blocks": [1, 1, 1, 1]},
                  "data": {"sources": [{"rendered": "rendered", "count": 6, "seed": 3}]},
                  "fit": {"epochs": 1, "batchSize": 2, "checkpoint": "last", "syncBatchNorm": true},
                  "publish": {
                    "models": "models", "name": "tiny", "version": 1,
                    "inputTensor": "INPUT__0", "outputTensor": "OUTPUT__0"
                  },
                  "runs": "runs"
                }
                """);
        plan = file.toString();
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreStandardError() {
        System.setErr(standardError);
    }

    @Test
    void gpuThatCannotBeUsedIsRefusedBeforeAnythingIsDone() {
        assertThat(train("--device", "cuda:99")).isEqualTo(1);

        assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                .filteredOn(line -> line.startsWith("scopegate:"))
                .singleElement()
                .asString()
                .startsWith("scopegate: device: cpu or a GPU that can be used, not cuda:99; GPUs need libtorch 2.7.1")
                .contains("; found: ");
        assertThat(folder.resolve("rendered")).doesNotExist();
    }

    @Test
    void nameOfNoDeviceIsRefused() {
        assertThat(train("--device", "gpu")).isEqualTo(2);

        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("--devices must be at most 64 of cpu, cuda:0, cuda:1 and so on, or only all, got gpu");
    }

    @Test
    void typedDevicesTakeThePlaceOfThoseInTheFileOfArguments() throws IOException {
        Path arguments = Files.writeString(folder.resolve("args.json"), "{\"device\": \"cuda:99\"}");

        assertThat(train("--args", arguments.toString())).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("not cuda:99");
        assertThat(train("--args", arguments.toString(), "--devices", "cpu,all"))
                .isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("got cpu,all");
    }

    @Test
    void replicasThatShareTheCpuPublishAModelThatNamesThem() throws Exception {
        assertThat(train("--devices", "cpu,cpu")).isZero();

        assertThat(PublishedModel.open(folder.resolve("models/tiny/1"))
                        .manifest()
                        .provenance()
                        .toString())
                .contains("train --config plan.json --devices cpu,cpu")
                .contains("\"devices\":[\"cpu\",\"cpu\"]");
    }

    private int train(String... options) {
        String[] arguments =
                Stream.concat(Stream.of("--config", plan), Stream.of(options)).toArray(String[]::new);
        return new CommandLine(new TrainCommand()).execute(arguments);
    }
}
