package io.scopegate.trainer.train;

import io.scopegate.trainer.dataset.FrameLoader;
import io.scopegate.trainer.dataset.FrameReader;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.MemoryLimit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Labelled input tensors that are used repeatedly and without augmentation.
 *
 * @param tensors one tensor {@code 3 x 256 x 256} per frame
 * @param labels one label per frame
 */
public record LabelledTensors(List<float[]> tensors, List<Label> labels) {

    /**
     * Decodes and preprocesses frames.
     *
     * @throws IOException if a file cannot be decoded or the memory limit is exceeded
     */
    public static LabelledTensors load(List<LabelledFrame> frames, FrameLoader loader, MemoryLimit memory)
            throws IOException {
        memory.takeTensors(frames.size());
        List<float[]> tensors = new ArrayList<>();
        loader.load(frames, FrameReader::tensor, tensors::add);
        return new LabelledTensors(
                tensors, frames.stream().map(LabelledFrame::label).toList());
    }
}
