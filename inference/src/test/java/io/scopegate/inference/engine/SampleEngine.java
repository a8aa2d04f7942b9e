package io.scopegate.inference.engine;

import io.scopegate.inference.device.DeviceFacts;
import io.scopegate.inference.device.GpuDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An engine as ONNX Runtime writes it, except for the contents of its files. */
final class SampleEngine {

    static final String ENGINE = "scopegate_sm90.engine";
    static final String PROFILE = "scopegate_sm90.profile";
    static final String TIMING = "cache_sm90.timing";
    static final GpuDevice GPU = new GpuDevice("NVIDIA Stub 9000", 9, 0, 80L << 30);
    static final DeviceFacts MACHINE = new DeviceFacts("13.0", "580.65.06", GPU, "10.15.1.29");
    static final EngineSpecification MAKE = new EngineSpecification(Precision.FP16, 8, digest('f'));

    private SampleEngine() {}

    static EngineKey key() {
        return key('a');
    }

    static EngineKey key(char network) {
        return new EngineKey(digest(network), MAKE, "1.29.0", MACHINE);
    }

    static EngineKey key(DeviceFacts machine) {
        return new EngineKey(digest('a'), MAKE, "1.29.0", machine);
    }

    private static EngineKey key(EngineSpecification specification) {
        return new EngineKey(digest('a'), specification, "1.29.0", MACHINE);
    }

    private static EngineKey key(GpuDevice device) {
        return key(new DeviceFacts("13.0", "580.65.06", device, "10.15.1.29"));
    }

    static String digest(char digit) {
        return "sha256:" + String.valueOf(digit).repeat(64);
    }

    /** Returns one key for each field, which differs from {@link #key()} in that field alone. */
    static List<EngineKey> others() {
        return List.of(
                key('b'),
                key(new EngineSpecification(Precision.FP32, 8, digest('f'))),
                key(new EngineSpecification(Precision.FP16, 1, digest('f'))),
                key(new EngineSpecification(Precision.FP16, 8, digest('e'))),
                new EngineKey(digest('a'), MAKE, "1.28.0", MACHINE),
                key(new DeviceFacts("13.0", "580.65.06", GPU, "10.15.1.30")),
                key(new DeviceFacts("12.8", "580.65.06", GPU, "10.15.1.29")),
                key(new DeviceFacts("13.0", "580.82.07", GPU, "10.15.1.29")),
                key(new GpuDevice("NVIDIA Stub 9001", 9, 0, 80L << 30)),
                key(new GpuDevice("NVIDIA Stub 9000", 8, 0, 80L << 30)),
                key(new GpuDevice("NVIDIA Stub 9000", 9, 1, 80L << 30)),
                key(new GpuDevice("NVIDIA Stub 9000", 9, 0, 40L << 30)));
    }

    static void build(Path into) throws IOException {
        Files.writeString(into.resolve(ENGINE), "plan");
        Files.writeString(into.resolve(PROFILE), "shapes");
    }
}
