package io.scopegate.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.device.ProbeStep.Name;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.trial.EnginePreparation.Prepared;
import io.scopegate.inference.trial.Finding;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BuildCommandTest {

    private static final Path MODEL = Path.of("..", "models", "inbody", "1");

    @TempDir
    Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aMachineWithoutAGpuIsToldWhatToInstallAndNothingIsMade() {
        assumeTrue(!Files.exists(Path.of("/proc/driver/nvidia")), "a machine without NVIDIA's driver");

        assertThat(run("--model", MODEL.toString())).isEqualTo(1);

        assertThat(err.toString())
                .startsWith("scopegate: engine of inbody/1: not on tensorrt-fp16, tensorrt-fp32: libcuda.so.1: ")
                .contains("Install NVIDIA's driver 580 or newer");
        assertThat(out.toString()).isEmpty();
        assertThat(cache()).doesNotExist();
    }

    @Test
    void jsonOutputStatesWhyNoEngineWasBuilt() throws Exception {
        assumeTrue(!Files.exists(Path.of("/proc/driver/nvidia")), "a machine without NVIDIA's driver");

        run("--model", MODEL.toString(), "--precision", "fp32", "--json");

        JsonNode answer = new ObjectMapper().readTree(out.toString());
        assertThat(answer.path("model").asText()).isEqualTo("inbody/1");
        assertThat(answer.path("engine").isNull()).isTrue();
        assertThat(answer.path("reasons").asText()).startsWith("not on tensorrt-fp32: libcuda.so.1: ");
    }

    @Test
    void aModelThatCannotBeReadIsNamed() {
        assertThat(run("--model", "/absent/1")).isEqualTo(1);
        assertThat(err.toString()).startsWith("scopegate: ").contains("/absent/1");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void programsReadWhyAModelCannotBeRead() throws Exception {
        assertThat(run("--model", "/absent/1", "--json")).isEqualTo(1);

        JsonNode answer = new ObjectMapper().readTree(out.toString());
        assertThat(answer.path("engine").isNull()).isTrue();
        assertThat(answer.path("reasons").asText()).contains("/absent/1");
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThat(run("--model", MODEL.toString(), "--device", "-1")).isEqualTo(2);
        assertThat(err.toString()).contains("--device must be at least 0, got -1");
        assertThat(run("--model", MODEL.toString(), "--precision", "int8")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void theStatusTellsAnEngineThatAnswersWronglyFromOneThatCannotBeBuilt() {
        Finding wrong = found(ProbeStep.differs(Name.GOLDEN, "no"));
        Finding unanswered = found(ProbeStep.failed(Name.GOLDEN, "no"));
        Finding missing = found(ProbeStep.failed(Name.DRIVER, "no"));

        assertThat(BuildCommand.status(new Prepared(List.of(wrong), temporary))).isZero();
        assertThat(BuildCommand.status(new Prepared(List.of(wrong), null))).isEqualTo(3);
        assertThat(BuildCommand.status(new Prepared(List.of(unanswered), null))).isEqualTo(1);
        assertThat(BuildCommand.status(new Prepared(List.of(missing), null))).isEqualTo(1);
    }

    private static Finding found(ProbeStep step) {
        return new Finding(ExecutionTarget.TENSORRT_FP16, List.of(step));
    }

    private Path cache() {
        return temporary.resolve("engines");
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "build";
        all[1] = "--cache";
        all[2] = cache().toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return new CommandLine(new EngineCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
