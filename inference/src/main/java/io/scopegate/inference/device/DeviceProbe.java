package io.scopegate.inference.device;

import io.scopegate.inference.device.ProbeStep.Name;
import java.util.ArrayList;
import java.util.List;

/** Asks driver, device and TensorRT before ONNX Runtime is given to them. Any thread. */
public final class DeviceProbe {

    /** What ONNX Runtime's published GPU libraries need. */
    private static final int LEAST_CUDA = 12080;

    /** The headers that ONNX Runtime's provider was built with; an older library of the same name would be loaded, too. */
    private static final int LEAST_TENSORRT = 101401;

    private static final int MOST_TENSORRT = 110000;

    private final NvidiaDriver driver;
    private final TensorRtLibrary tensorRt;

    public DeviceProbe(NvidiaDriver driver, TensorRtLibrary tensorRt) {
        this.driver = driver;
        this.tensorRt = tensorRt;
    }

    /** Of this machine. */
    public static DeviceProbe ofThisMachine() {
        return new DeviceProbe(InstalledDriver.ofThisMachine(), InstalledTensorRt.ofThisMachine());
    }

    /**
     * Asks for a device, up to the first answer that leads no further; TensorRT is asked in any case where there is a
     * device.
     *
     * @param index of the device, from 0
     */
    public List<ProbeStep> look(int index) {
        List<ProbeStep> steps = new ArrayList<>();
        steps.add(ask(Name.DRIVER, this::driver));
        if (!steps.getLast().hasFailed()) {
            steps.add(ask(Name.DEVICE, () -> device(index)));
        }
        if (!steps.getLast().hasFailed()) {
            steps.add(ask(Name.TENSORRT, this::tensorRt));
        }
        return steps;
    }

    /**
     * What engines depend on.
     *
     * @param index of the device, from 0
     * @throws ProbeFailedException for the first answer that leads no further
     * @throws UnsupportedOperationException if this build cannot ask
     */
    public DeviceFacts facts(int index) throws ProbeFailedException {
        return new DeviceFacts(cuda(), driver.device(index), tensorRt());
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
            return ProbeStep.notAsked(name, "this build cannot ask: " + e.getMessage());
        }
    }

    private String driver() throws ProbeFailedException {
        return "for CUDA " + cuda();
    }

    private String cuda() throws ProbeFailedException {
        int cuda = driver.cudaVersion();
        String text = cuda / 1000 + "." + cuda % 1000 / 10;
        if (cuda < LEAST_CUDA) {
            throw new ProbeFailedException(
                    "driver: for CUDA 12.8 or newer, not " + text + ". Install NVIDIA's driver 580 or newer.");
        }
        return text;
    }

    private String device(int index) throws ProbeFailedException {
        GpuDevice device = driver.device(index);
        return device.name() + ", " + device.architecture();
    }

    private String tensorRt() throws ProbeFailedException {
        int version = tensorRt.version();
        String text = version / 10000 + "." + version % 10000 / 100 + "." + version % 100;
        if (version < LEAST_TENSORRT || version >= MOST_TENSORRT) {
            throw new ProbeFailedException("tensorrt: 10.14.1 or newer and below 11, not " + text
                    + ": ONNX Runtime would load it and fail later. Install one of these versions (docs/gpu.md).");
        }
        return text;
    }
}
