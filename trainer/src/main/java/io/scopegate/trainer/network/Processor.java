package io.scopegate.trainer.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Linux reports about the processor.
 *
 * @param root root of the file system, which contains {@code proc} and {@code sys}
 */
record Processor(Path root) {

    /**
     * Whether the processor reports its cache sizes in the CPUID leaves that oneDNN reads: Intel's, or AMD's for its
     * extended topology. Some virtual machines hide them. Also false if nothing is known.
     */
    boolean tellsCaches() {
        if (!Files.isDirectory(root.resolve("sys/devices/system/cpu/cpu0/cache/index2"))) {
            return false;
        }
        try {
            String information = Files.readString(root.resolve("proc/cpuinfo"));
            return information.contains("GenuineIntel")
                    || information.contains("AuthenticAMD") && information.contains(" topoext");
        } catch (IOException e) {
            return false;
        }
    }
}
