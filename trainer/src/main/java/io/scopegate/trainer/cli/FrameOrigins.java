package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.plan.PlanException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which setting of a plan each frame is from. A frame is from one only: what was fitted to proves nothing. Links are
 * frames of their own, as copies are: a store that keeps equal content once has many that lead to one file.
 */
final class FrameOrigins {

    private final Map<Path, String> settingOfFile = new HashMap<>();

    /**
     * Takes the frames of a setting.
     *
     * @throws PlanException if one of them is another setting's too
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
