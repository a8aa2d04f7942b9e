package io.scopegate.inference.onnx;

import io.scopegate.inference.InferenceFailedException.Fault;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What errors of ONNX Runtime say of the machine rather than of the network: that the GPU is lost, or memory short. */
final class DeviceFault {

    /** How ONNX Runtime's CUDA provider begins what CUDA reports. */
    private static final Pattern STATUS = Pattern.compile("CUDA failure (\\d{1,9})");

    /** Of a kernel, the device or its link, which CUDA keeps for the rest of the process. Source: driver_types.h. */
    private static final Set<Integer> LASTING = Set.of(214, 700, 702, 710, 714, 715, 716, 717, 718, 719, 999);

    private static final Pattern DEVICE = Pattern.compile("CUDA (failure|error)", Pattern.CASE_INSENSITIVE);

    /** A thread that cannot be made lacks memory, or a place among the threads that its user or group may have. */
    private static final Pattern MEMORY = Pattern.compile(
            "out of memory|bad_alloc|failed to allocate memory|cannot allocate memory|pthread_create failed"
                    + "|resource temporarily unavailable",
            Pattern.CASE_INSENSITIVE);

    private DeviceFault() {}

    /** Whether the device, its driver or its memory is named, and so nothing is said against what was given to it. */
    static boolean isOfDevice(@Nullable String message) {
        return isOfMemory(message) || message != null && DEVICE.matcher(message).find();
    }

    /** Whether memory is what it lacks, of the device or of the host, or a thread of the host. */
    static boolean isOfMemory(@Nullable String message) {
        return message != null && MEMORY.matcher(message).find();
    }

    /** Of a run that has failed with this message. */
    static Fault of(@Nullable String message) {
        if (isLasting(message)) {
            return Fault.DEVICE;
        }
        return isOfMemory(message) ? Fault.MEMORY : Fault.RUN;
    }

    static boolean isLasting(@Nullable String message) {
        Matcher status = STATUS.matcher(message == null ? "" : message);
        return status.find() && LASTING.contains(Integer.valueOf(status.group(1)));
    }
}
