package io.scopegate.inference.target;

import static io.scopegate.inference.target.ExecutionTarget.CPU;
import static io.scopegate.inference.target.ExecutionTarget.CUDA;
import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP16;
import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.device.GpuDevice;
import io.scopegate.inference.device.NvidiaDriver;
import io.scopegate.inference.device.ProbeFailedException;
import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.device.ProbeStep.Name;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TargetPlannerTest {

    private static final int TENSORRT = 101501;

    private final Set<ExecutionTarget> refused = EnumSet.noneOf(ExecutionTarget.class);
    private int devices = 1;
    private boolean gpu = true;
    private int tensorRt = TENSORRT;

    @Test
    void theBestThereIsComesFirst() throws TargetUnavailableException {
        TargetPlan plan = plan(RequestedTarget.AUTO);

        assertThat(plan).isEqualTo(new TargetPlan(List.of(TENSORRT_FP16, TENSORRT_FP32, CUDA, CPU), List.of()));
    }

    @Test
    void halfPrecisionIsNotTriedWhereItIsNotWanted() throws TargetUnavailableException {
        assertThat(planner(new TargetSettings(RequestedTarget.TENSORRT, 0, false))
                        .plan()
                        .targets())
                .containsExactly(TENSORRT_FP32);
    }

    @Test
    void withoutADeviceTheProcessorsRemainAndEveryReasonIsKept() throws TargetUnavailableException {
        devices = 0;

        TargetPlan plan = plan(RequestedTarget.AUTO);

        assertThat(plan.targets()).containsExactly(CPU);
        assertThat(new Execution(CPU, plan.passedOver()).fallback())
                .isEqualTo("not on tensorrt-fp16, tensorrt-fp32, cuda: no device 0");
    }

    @Test
    void cpuIsSecondBestOnlyIfAGpuIsPresent() throws TargetUnavailableException {
        devices = 0;
        assertThat(new Execution(CPU, plan(RequestedTarget.AUTO).passedOver()).isSecondBest())
                .isTrue();

        gpu = false;
        assertThat(new Execution(CPU, plan(RequestedTarget.AUTO).passedOver()).isSecondBest())
                .isFalse();
    }

    @Test
    void aWrongTensorRtLeavesCuda() throws TargetUnavailableException {
        tensorRt = 100600;

        TargetPlan plan = plan(RequestedTarget.AUTO);

        assertThat(plan.targets()).containsExactly(CUDA, CPU);
        assertThat(plan.passedOver()).extracting(SkippedTarget::target).containsExactly(TENSORRT_FP16, TENSORRT_FP32);
    }

    @Test
    void targetRefusedByTheRuntimeIsSkipped() throws TargetUnavailableException {
        refused.add(TENSORRT_FP16);

        TargetPlan plan = plan(RequestedTarget.TENSORRT);

        assertThat(plan.targets()).containsExactly(TENSORRT_FP32);
        assertThat(plan.passedOver()).containsExactly(new SkippedTarget(TENSORRT_FP16, "refused"));
    }

    @Test
    void unavailableRequestedTargetFailsWithTheReason() {
        devices = 0;

        assertThatThrownBy(() -> plan(RequestedTarget.CUDA))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessage("not on cuda: no device 0");
    }

    @Test
    void cpuRequestDoesNotProbeTheDevice() throws TargetUnavailableException {
        NvidiaDriver untouchable = new NvidiaDriver() {
            @Override
            public int cudaVersion() {
                throw new AssertionError("asked");
            }

            @Override
            public GpuDevice device(int index) {
                throw new AssertionError("asked");
            }
        };
        DeviceProbe probe = new DeviceProbe(untouchable, () -> TENSORRT);

        assertThat(new TargetPlanner(TargetSettings.PROCESSORS, probe, this::check).plan())
                .isEqualTo(TargetPlan.PROCESSORS);
    }

    @Test
    void theStepsToATargetEndWithTheFirstThatDoesNotLeadOn() {
        tensorRt = 100600;

        assertThat(planner(settings(RequestedTarget.AUTO)).steps(TENSORRT_FP16))
                .extracting(ProbeStep::name)
                .containsExactly(Name.DRIVER, Name.DEVICE, Name.TENSORRT);
        assertThat(planner(settings(RequestedTarget.AUTO)).steps(CUDA))
                .extracting(ProbeStep::name)
                .containsExactly(Name.DRIVER, Name.DEVICE, Name.PROVIDER);
    }

    @Test
    void tensorRtIsNotLoadedForTargetsThatDoNotUseIt() throws TargetUnavailableException {
        DeviceProbe probe = new DeviceProbe(driver(), () -> {
            throw new AssertionError("loaded");
        });
        TargetPlanner planner = new TargetPlanner(settings(RequestedTarget.CUDA), probe, this::check);

        assertThat(planner.steps(CUDA))
                .extracting(ProbeStep::name)
                .containsExactly(Name.DRIVER, Name.DEVICE, Name.PROVIDER);
        assertThat(planner.plan().targets()).containsExactly(CUDA);
    }

    private TargetPlan plan(RequestedTarget wanted) throws TargetUnavailableException {
        return planner(settings(wanted)).plan();
    }

    private static TargetSettings settings(RequestedTarget wanted) {
        return new TargetSettings(wanted, 0, true);
    }

    private TargetPlanner planner(TargetSettings settings) {
        return new TargetPlanner(settings, new DeviceProbe(driver(), () -> tensorRt), this::check);
    }

    private ProbeStep check(ExecutionTarget target) {
        return refused.contains(target)
                ? ProbeStep.failed(Name.PROVIDER, "refused")
                : ProbeStep.passed(Name.PROVIDER, "taken");
    }

    private NvidiaDriver driver() {
        return new NvidiaDriver() {
            @Override
            public int cudaVersion() throws ProbeFailedException {
                if (!gpu) {
                    throw ProbeFailedException.absent("no driver");
                }
                return 13000;
            }

            @Override
            public GpuDevice device(int index) throws ProbeFailedException {
                if (index >= devices) {
                    throw new ProbeFailedException("no device " + index);
                }
                return new GpuDevice("Stub", 9, 0, 80L << 30);
            }
        };
    }
}
