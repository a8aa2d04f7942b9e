package io.scopegate.inference.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** The driver of this machine, called through its library. */
public final class InstalledDriver implements NvidiaDriver {

    private static final String INSTALL = "Install NVIDIA's driver 580 or newer; in a container, pass the GPU to it.";
    private static final int NAME_LENGTH = 256;
    private static final int CAPABILITY_MAJOR = 75;
    private static final int CAPABILITY_MINOR = 76;

    private final String library;
    private final DriverRelease release;

    /**
     * Calls nothing yet.
     *
     * @param library name by which the dynamic linker finds the driver's library
     * @param release reports the driver's own version
     */
    public InstalledDriver(String library, DriverRelease release) {
        this.library = library;
        this.release = release;
    }

    /** Returns NVIDIA's driver on Linux. */
    public static InstalledDriver ofThisMachine() {
        return new InstalledDriver("libcuda.so.1", new DriverRelease(Path.of("/proc/driver/nvidia/version")));
    }

    @Override
    public int cudaVersion() throws ProbeFailedException {
        return number("cuDriverGetVersion");
    }

    @Override
    public GpuDevice device(int index) throws ProbeFailedException {
        succeed("cuInit", 0);
        int count = number("cuDeviceGetCount");
        if (index >= count) {
            throw new ProbeFailedException("device: an index below " + count + ", the number of devices, not " + index);
        }
        int device = number("cuDeviceGet", index);
        return new GpuDevice(
                name(device),
                number("cuDeviceGetAttribute", CAPABILITY_MAJOR, device),
                number("cuDeviceGetAttribute", CAPABILITY_MINOR, device),
                memory(device));
    }

    @Override
    public String release() {
        return release.text();
    }

    private long memory(int device) throws ProbeFailedException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(ValueLayout.JAVA_LONG);
            succeed("cuDeviceTotalMem_v2", bytes, device);
            return bytes.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    private String name(int device) throws ProbeFailedException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(NAME_LENGTH);
            succeed("cuDeviceGetName", text, NAME_LENGTH, device);
            return text.getString(0);
        }
    }

    /** Returns what the function writes to its first argument. */
    private int number(String function, Object... further) throws ProbeFailedException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
            Object[] arguments = new Object[further.length + 1];
            arguments[0] = number;
            System.arraycopy(further, 0, arguments, 1, further.length);
            succeed(function, arguments);
            return number.get(ValueLayout.JAVA_INT, 0);
        }
    }

    private void succeed(String function, Object... arguments) throws ProbeFailedException {
        int status = NativeFunctions.load(library, INSTALL).call(function, arguments);
        if (status == 0) {
            return;
        }
        String message = function + " of " + library + ": status 0, not " + CudaStatus.text(status) + ". " + INSTALL;
        throw status == CudaStatus.NO_DEVICE ? ProbeFailedException.absent(message) : new ProbeFailedException(message);
    }
}
