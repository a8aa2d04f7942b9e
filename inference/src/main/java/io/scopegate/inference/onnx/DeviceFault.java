package io.scopegate.inference.onnx;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which errors of ONNX Runtime mean that the GPU is lost to this process. */
final class DeviceFault {

    /** How ONNX Runtime's CUDA provider begins what CUDA reports. */
    private static final Pattern STATUS = Pattern.compile("CUDA failure (\\d{1,9})");

    /** Of a kernel, the device or its link, which CUDA keeps for the rest of the process. Source: driver_types.h. */
    private static final Set<Integer> LASTING = Set.of(214, 700, 702, 710, 714, 715, 716, 717, 718, 719, 999);

    private DeviceFault() {}

    static boolean isLasting(@Nullable String message) {
        Matcher status = STATUS.matcher(message == null ? "" : message);
        return status.find() && LASTING.contains(Integer.valueOf(status.group(1)));
    }
}
