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
 * Input tensors that are looked at again and again, as they are.
 *
 * @param tensors {@code 3 x 256 x 256} each
 * @param labels one each
 */
public record LabelledTensors(List<float[]> tensors, List<Label> labels) {

    /**
     * Decodes and preprocesses frames.
     *
     * @throws IOException if a file cannot be decoded or the memory does not suffice
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
