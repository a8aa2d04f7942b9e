package io.scopegate.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.device.ProbeStep.Name;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.trial.Finding;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DoctorTest {

    private static final Path MODEL = Path.of("../models/inbody/1");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aMachineWithoutADriverIsToldWhatToInstallAndWhatStillWorks() {
        assumeTrue(!Files.exists(Path.of("/proc/driver/nvidia")), "a machine without NVIDIA's driver");

        int status = run("--model", MODEL.toString());

        assertThat(status).isEqualTo(3);
        assertThat(out.toString())
                .contains("tensorrt-fp16: cannot be used", "none  driver   libcuda.so.1", "Install NVIDIA's driver")
                .containsPattern("checking cpu\\R +ok +session +inbody/1 is open\\R +ok +golden +answers as published.*"
                        + "\\Rcpu: can be used");
    }

    @Test
    void jsonOutputListsTheTargetsAndTheirSteps() throws Exception {
        assumeTrue(!Files.exists(Path.of("/proc/driver/nvidia")), "a machine without NVIDIA's driver");

        run("--json", "--model", MODEL.toString());

        JsonNode answer = new ObjectMapper().readTree(out.toString());
        assertThat(answer.path("best").asText()).isEqualTo("cpu");
        assertThat(answer.path("targets")).hasSize(4);
        assertThat(answer.at("/targets/0/steps/0/step").asText()).isEqualTo("driver");
        assertThat(answer.at("/targets/0/steps/0/result").asText()).isEqualTo("absent");
    }

    @Test
    void onlyTheTargetsThatAreNamedAreChecked() throws Exception {
        assertThat(run("--json", "--model", MODEL.toString(), "--target", "cpu"))
                .isEqualTo(3);

        assertThat(err.toString())
                .containsPattern("checking cpu\\R +ok +session .*\\R +ok +golden .*\\Rcpu: can be used");
        JsonNode answer = new ObjectMapper().readTree(out.toString());
        assertThat(answer.path("best").asText()).isEqualTo("cpu");
        assertThat(answer.path("targets"))
                .singleElement()
                .satisfies(target -> assertThat(target.path("target").asText()).isEqualTo("cpu"));
    }

    @Test
    void theBestTargetComesFirstWhateverTheOrderOfTheArgument() {
        assumeTrue(!Files.exists(Path.of("/proc/driver/nvidia")), "a machine without NVIDIA's driver");

        assertThat(run("--model", MODEL.toString(), "--target", "cuda,tensorrt-fp32,cuda"))
                .isEqualTo(1);

        assertThat(out.toString().lines().filter(line -> !line.startsWith(" ")))
                .containsExactly(
                        "checking tensorrt-fp32",
                        "tensorrt-fp32: cannot be used",
                        "checking cuda",
                        "cuda: cannot be used");
    }

    @Test
    void aTargetThatDoesNotExistIsAWrongArgument() {
        assertThat(run("--target", "tensorrt")).isEqualTo(2);
        assertThat(err.toString()).contains("'tensorrt' is not one of tensorrt-fp16, tensorrt-fp32, cuda, cpu");
    }

    @Test
    void aModelThatCannotBeReadIsNamed() {
        assertThat(run("--model", "/absent/1")).isEqualTo(1);
        assertThat(err.toString()).startsWith("scopegate: ").contains("/absent/1");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void programsReadWhyNothingWasTried() throws Exception {
        assertThat(run("--json", "--model", "/absent/1")).isEqualTo(1);

        JsonNode answer = new ObjectMapper().readTree(out.toString());
        assertThat(answer.path("best").isNull()).isTrue();
        assertThat(answer.path("targets").isArray()).isTrue();
        assertThat(answer.path("targets")).isEmpty();
        assertThat(answer.path("reason").asText()).contains("/absent/1");
    }

    @Test
    void aDeviceBelowZeroIsAWrongArgument() {
        assertThat(run("--device", "-1")).isEqualTo(2);
        assertThat(err.toString()).contains("--device must be at least 0, got -1");
    }

    @Test
    void theStatusTellsTheBestTarget() {
        Finding tensorRt = found(ExecutionTarget.TENSORRT_FP32, true);
        Finding cpu = found(ExecutionTarget.CPU, true);

        assertThat(DoctorCommand.status(List.of(tensorRt, cpu))).isZero();
        assertThat(DoctorCommand.status(List.of(found(ExecutionTarget.TENSORRT_FP16, false), cpu)))
                .isEqualTo(3);
        assertThat(DoctorCommand.status(List.of(found(ExecutionTarget.CPU, false))))
                .isEqualTo(1);
    }

    private static Finding found(ExecutionTarget target, boolean usable) {
        ProbeStep step = usable ? ProbeStep.passed(Name.GOLDEN, "") : ProbeStep.failed(Name.SESSION, "no");
        return new Finding(target, List.of(step));
    }

    private int run(String... arguments) {
        CommandLine command = new CommandLine(new DoctorCommand());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
