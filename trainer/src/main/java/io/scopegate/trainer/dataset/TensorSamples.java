package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Frames that are preprocessed once and augmented as tensors at each draw, as in the reference bundle. A frame takes
 * 786 KB.
 */
public final class TensorSamples implements Samples {

    private final List<LabelledFrame> frames;
    private final List<float[]> tensors;
    private final TensorAugmentation augmentation;

    private TensorSamples(List<LabelledFrame> frames, List<float[]> tensors, TensorAugmentation augmentation) {
        this.frames = frames;
        this.tensors = tensors;
        this.augmentation = augmentation;
    }

    /**
     * Decodes and preprocesses all frames.
     *
     * @param loader reads the frames
     * @param memory limits the memory of the tensors
     * @throws IOException if a file cannot be decoded or the memory limit is exceeded
     */
    public static TensorSamples load(
            List<LabelledFrame> frames, FrameLoader loader, MemoryLimit memory, TensorAugmentation augmentation)
            throws IOException {
        memory.takeTensors(frames.size());
        List<float[]> tensors = new ArrayList<>();
        loader.load(frames, FrameReader::tensor, tensors::add);
        return new TensorSamples(List.copyOf(frames), tensors, augmentation);
    }

    @Override
    public int size() {
        return frames.size();
    }

    @Override
    public LabelledFrame frame(int index) {
        return frames.get(index);
    }

    @Override
    public Samples forAnotherThread() {
        return this;
    }

    @Override
    public void draw(int index, RandomGenerator random, float[] tensor) {
        System.arraycopy(tensors.get(index), 0, tensor, 0, tensor.length);
        augmentation.apply(tensor, random);
    }
}
