package io.scopegate.inference.onnx;

import io.scopegate.inference.InferenceFailedException.Fault;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells from ONNX Runtime's messages whether a fault lies in the machine rather than in the network: the GPU is lost,
 * or memory is short.
 */
final class DeviceFault {

    /** How ONNX Runtime's CUDA provider begins what CUDA reports. */
    private static final Pattern STATUS = Pattern.compile("CUDA failure (\\d{1,9})");

    /**
     * Errors of a kernel, the device, its link, an external device or the MPS server, which CUDA keeps for the rest of
     * the process. Source: driver_types.h, which says so of all except 214 and 220 (uncorrectable errors of memory and
     * NVLink) and 999 (unknown).
     */
    private static final Set<Integer> LASTING =
            Set.of(214, 220, 226, 700, 702, 710, 714, 715, 716, 717, 718, 719, 721, 810, 911, 999);

    private static final Pattern DEVICE = Pattern.compile("CUDA (failure|error)", Pattern.CASE_INSENSITIVE);

    /**
     * A thread that cannot be created lacks memory, or exceeds the number of threads that its user or group may have.
     */
    private static final Pattern MEMORY = Pattern.compile(
            "out of memory|bad_alloc|failed to allocate memory|cannot allocate memory|pthread_create failed"
                    + "|resource temporarily unavailable",
            Pattern.CASE_INSENSITIVE);

    private DeviceFault() {}

    /** Returns whether the message names the device, its driver or memory, and so says nothing against the network. */
    static boolean isOfDevice(@Nullable String message) {
        return isOfMemory(message) || message != null && DEVICE.matcher(message).find();
    }

    /** Returns whether the message names a lack of memory, of the device or of the host, or of threads of the host. */
    static boolean isOfMemory(@Nullable String message) {
        return message != null && MEMORY.matcher(message).find();
    }

    /** Returns the fault of a run that has failed with this message. */
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
