package io.scopegate.trainer.train;

import io.scopegate.trainer.dataset.FrameReader;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
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

    /** Decodes and preprocesses frames. */
    public static LabelledTensors load(List<LabelledFrame> frames) throws IOException {
        List<float[]> tensors = new ArrayList<>();
        try (FrameReader reader = new FrameReader()) {
            for (LabelledFrame frame : frames) {
                tensors.add(reader.tensor(frame.file()));
            }
        }
        return new LabelledTensors(
                tensors, frames.stream().map(LabelledFrame::label).toList());
    }
}
