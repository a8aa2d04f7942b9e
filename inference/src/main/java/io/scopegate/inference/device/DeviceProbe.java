package io.scopegate.inference.device;

import io.scopegate.inference.device.ProbeStep.Name;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Checks driver, device and TensorRT before ONNX Runtime uses them. May be used from any thread. */
public final class DeviceProbe {

    /** The system property that tells ONNX Runtime where its own libraries are. */
    private static final String LIBRARIES = "onnxruntime.native.path";

    private final NvidiaDriver driver;
    private final TensorRtLibrary tensorRt;
    private final @Nullable Path libraries;

    /** Creates a probe for ONNX Runtime's published libraries. */
    public DeviceProbe(NvidiaDriver driver, TensorRtLibrary tensorRt) {
        this(driver, tensorRt, null);
    }

    /** @param libraries folder of ONNX Runtime's libraries, which may state what they were built with */
    DeviceProbe(NvidiaDriver driver, TensorRtLibrary tensorRt, @Nullable Path libraries) {
        this.driver = driver;
        this.tensorRt = tensorRt;
        this.libraries = libraries;
    }

    /** Returns a probe of this machine. */
    public static DeviceProbe ofThisMachine() {
        String folder = System.getProperty(LIBRARIES);
        return new DeviceProbe(
                InstalledDriver.ofThisMachine(),
                InstalledTensorRt.ofThisMachine(),
                folder == null ? null : Path.of(folder));
    }

    /**
     * Checks the driver, a device and TensorRT, up to the first step that fails. If there is a device, TensorRT is
     * checked in any case.
     *
     * @param index of the device, from 0
     */
    public List<ProbeStep> look(int index) {
        List<ProbeStep> steps = new ArrayList<>(lookAtDevice(index));
        if (!steps.getLast().hasFailed()) {
            boolean known = steps.getLast().result() == ProbeStep.Result.PASSED;
            steps.add(ask(Name.TENSORRT, () -> known ? tensorRtFor(driver.device(index)) : tensorRt()));
        }
        return steps;
    }

    /**
     * Checks the driver and a device, up to the first step that fails. TensorRT is not loaded.
     *
     * @param index of the device, from 0
     */
    public List<ProbeStep> lookAtDevice(int index) {
        List<ProbeStep> steps = new ArrayList<>();
        steps.add(ask(Name.DRIVER, this::driver));
        if (!steps.getLast().hasFailed()) {
            steps.add(ask(Name.DEVICE, () -> device(index)));
        }
        return steps;
    }

    /**
     * Returns the facts that engines depend on.
     *
     * @param index of the device, from 0
     * @throws ProbeFailedException for the first check that fails
     * @throws UnsupportedOperationException if this build cannot make the checks
     */
    public DeviceFacts facts(int index) throws ProbeFailedException {
        return new DeviceFacts(cuda(), driver.release(), driver.device(index), tensorRt());
    }

    /**
     * Returns why building an engine for a device may fail, or end the process, although every check passes; empty if
     * no reason is known.
     */
    public Optional<String> buildRisk(GpuDevice device) {
        return tensorRt.hasBuilderResource(device.architecture())
                ? Optional.empty()
                : Optional.of("TensorRT has no builder resource for " + device.architecture()
                        + ": building an engine may fail or end the process. Install NVIDIA's own TensorRT"
                        + " (docs/gpu.md)");
    }

    private interface Question {
        String answer() throws ProbeFailedException;
    }

    private static ProbeStep ask(Name name, Question question) {
        try {
            return ProbeStep.passed(name, question.answer());
        } catch (ProbeFailedException e) {
            String message = String.valueOf(e.getMessage());
            return e.isAbsent() && name != Name.TENSORRT
                    ? ProbeStep.absent(name, message)
                    : ProbeStep.failed(name, message);
        } catch (UnsupportedOperationException e) {
            return ProbeStep.notAsked(name, "cannot be checked: " + e.getMessage());
        }
    }

    private String driver() throws ProbeFailedException {
        return "for CUDA " + cuda();
    }

    private String cuda() throws ProbeFailedException {
        int cuda = driver.cudaVersion();
        String text = ProviderBuild.cudaText(cuda);
        ProviderBuild least = ProviderBuild.in(libraries);
        if (cuda < least.cuda()) {
            throw new ProbeFailedException("driver: for CUDA " + least.cudaText() + " or newer, not " + text
                    + ". Install a newer driver of NVIDIA: 580 for the published libraries (docs/gpu.md).");
        }
        return text;
    }

    /** Checks what only TensorRT requires of the driver, so that CUDA can be used without it. */
    private void requireDriverForTensorRt(ProviderBuild least) throws ProbeFailedException {
        if (least.tensorRtCuda() <= least.cuda()) {
            return;
        }
        int cuda = driver.cudaVersion();
        if (cuda < least.tensorRtCuda()) {
            throw new ProbeFailedException("driver: for CUDA " + ProviderBuild.cudaText(least.tensorRtCuda())
                    + " or newer, which this TensorRT requires, not " + ProviderBuild.cudaText(cuda)
                    + ". Install a newer driver of NVIDIA, or a TensorRT for an older CUDA (docs/gpu.md).");
        }
    }

    private String device(int index) throws ProbeFailedException {
        GpuDevice device = driver.device(index);
        return device.name() + ", " + device.architecture();
    }

    private String tensorRtFor(GpuDevice device) throws ProbeFailedException {
        String version = tensorRt();
        return buildRisk(device).map(risk -> version + "; " + risk).orElse(version);
    }

    private String tensorRt() throws ProbeFailedException {
        int version = tensorRt.version();
        OptionalInt build = tensorRt.build();
        String text = ProviderBuild.tensorRtText(version) + (build.isPresent() ? "." + build.getAsInt() : "");
        ProviderBuild least = ProviderBuild.in(libraries);
        if (version < least.tensorRt() || version >= least.nextTensorRt()) {
            // ONNX Runtime loads any library of the same name, whatever its version.
            throw new ProbeFailedException("tensorrt: " + least.tensorRtText() + " or newer and below "
                    + least.nextTensorRt() / 10_000 + ", not " + text
                    + ": ONNX Runtime would load it and fail later. Install one of these versions (docs/gpu.md).");
        }
        requireDriverForTensorRt(least);
        return text;
    }
}
