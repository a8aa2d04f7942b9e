package io.scopegate.inference.onnx;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which errors of ONNX Runtime mean that the GPU is lost to this process. */
final class DeviceFault {

    /** How ONNX Runtime's CUDA provider begins what CUDA reports. */
    private static final Pattern STATUS = Pattern.compile("CUDA failure (\\d+)");

    /** cudaErrorMemoryAllocation: the next run may find room. */
    private static final String OUT_OF_MEMORY = "2";

    private DeviceFault() {}

    /** CUDA keeps an error of a kernel for the rest of the process; only want of memory passes. */
    static boolean isLasting(@Nullable String message) {
        Matcher status = STATUS.matcher(message == null ? "" : message);
        return status.find() && !status.group(1).equals(OUT_OF_MEMORY);
    }
}
