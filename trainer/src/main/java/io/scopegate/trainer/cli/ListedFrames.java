package io.scopegate.trainer.cli;

import io.scopegate.bundle.file.FileFault;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.SampleList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The frames of a plan's sample lists. A picture may be in one list only. */
final class ListedFrames {

    private final List<LabelledFrame> all = new ArrayList<>();
    private final FrameOrigins origins = new FrameOrigins();

    /**
     * Returns the frames of a list; empty if there is no list. Frames without a group get the list's name as their
     * group. Fails if a picture is in another list too.
     *
     * @param setting setting that names the list
     */
    List<LabelledFrame> read(String setting, Optional<Path> list) throws IOException {
        if (list.isEmpty()) {
            return List.of();
        }
        List<LabelledFrame> frames;
        try {
            frames = SampleList.read(list.get()).frames(nameOf(list.get()));
        } catch (IOException e) {
            throw new IOException(setting + ": " + FileFault.text(e), e);
        }
        origins.add(setting, frames);
        all.addAll(frames);
        return frames;
    }

    static String nameOf(Path list) {
        String name = String.valueOf(list.getFileName());
        return name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
    }

    /** Returns the frames of all lists that were read. */
    List<LabelledFrame> all() {
        return List.copyOf(all);
    }
}
