package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.plan.PlanException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which setting of a plan each frame is from, whichever links lead to it. A frame is from one only: what was fitted to
 * proves nothing.
 */
final class FrameOrigins {

    private final Map<Path, String> settingOfFile = new HashMap<>();

    /**
     * Takes the frames of a setting.
     *
     * @throws PlanException if one of them is another setting's too
     * @throws IOException if one of them is not there
     */
    void add(String setting, List<LabelledFrame> frames) throws IOException {
        for (LabelledFrame frame : frames) {
            String other = settingOfFile.putIfAbsent(frame.file().toRealPath(), setting);
            if (other != null) {
                throw new PlanException(
                        "%s: pictures that %s does not have, not %s".formatted(setting, other, frame.file()));
            }
        }
    }
}
