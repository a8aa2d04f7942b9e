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
     * The frames of a list; none where there is no list. Those without a group are of a group with the list's name.
     *
     * @param setting that names the list
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

    /** The frames of all lists that were read. */
    List<LabelledFrame> all() {
        return List.copyOf(all);
    }
}
