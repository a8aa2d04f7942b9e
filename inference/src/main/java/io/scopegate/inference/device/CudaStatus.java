package io.scopegate.inference.device;

/** Explains the driver's status numbers. Source: cuda.h, CUresult. */
final class CudaStatus {

    static final int NO_DEVICE = 100;

    private CudaStatus() {}

    /** Returns the number, with its meaning if it is one to be expected at the start. */
    static String text(int status) {
        return switch (status) {
            case 3 -> "3 (not initialised)";
            case 34 -> "34 (a stub instead of the driver)";
            case NO_DEVICE -> "100 (no device)";
            case 101 -> "101 (no such device)";
            case 802 -> "802 (the system is not ready: is the fabric manager running?)";
            case 803 -> "803 (the driver's library and its kernel module differ: restart the machine)";
            case 804 -> "804 (forward compatibility is not for this device)";
            case 999 -> "999 (unknown: see the kernel log)";
            default -> String.valueOf(status);
        };
    }
}
