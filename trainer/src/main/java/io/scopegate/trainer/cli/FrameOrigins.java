package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.plan.PlanException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records which setting of a plan each frame is from, and refuses frames of two settings: a test on frames that were
 * fitted to proves nothing. Links count as frames of their own, as copies do: a store that keeps equal content once has
 * many links to one file.
 */
final class FrameOrigins {

    private final Map<Path, String> settingOfFile = new HashMap<>();

    /**
     * Adds the frames of a setting.
     *
     * @throws PlanException if one of them belongs to another setting too
     */
    void add(String setting, List<LabelledFrame> frames) {
        for (LabelledFrame frame : frames) {
            String other =
                    settingOfFile.putIfAbsent(frame.file().toAbsolutePath().normalize(), setting);
            if (other != null) {
                throw new PlanException("%s: %s is also in %s".formatted(setting, frame.file(), other));
            }
        }
    }
}
