package io.scopegate.trainer.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Linux says of the processor.
 *
 * @param root the file system's, under which {@code proc} and {@code sys} lie
 */
record Processor(Path root) {

    /**
     * Whether the processor tells the sizes of its caches by the leaves that oneDNN reads: Intel's, or AMD's for its
     * extended topology. Some virtual machines hide them; false too where nothing is known.
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
