package io.scopegate.trainer.network;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises the SE-ResNet that a state dict belongs to by its keys and shapes. */
public final class NetworkMatch {

    /** Key of the first convolution, which every SE-ResNet has. */
    public static final String STEM = "layer0.conv1.weight";

    private static final String PARALLEL = "module.";
    private static final String PARALLEL_HINT =
            ": keys begin with module. where the network was in DistributedDataParallel; save model.module.state_dict()";
    private static final Pattern BLOCK = Pattern.compile("layer([1-4])\\.([0-9]{1,3})\\..+");

    private NetworkMatch() {}

    /**
     * Returns the network with the stem's width and as many blocks per layer as the keys imply. Does not check that all
     * its tensors are there.
     *
     * @param shapes shapes of the tensors, by state-dict key
     * @throws IllegalArgumentException if there is no stem, or the numbers are out of range
     */
    public static SeResNet recognise(SequencedMap<String, Shape> shapes) {
        Shape stem = shapes.get(STEM);
        if (stem == null || stem.dimension() == 0) {
            String first = shapes.isEmpty() ? "no tensor" : shapes.firstEntry().getKey();
            throw new IllegalArgumentException(STEM + ": missing; the state dict of an SE-ResNet, not one of "
                    + shapes.size() + " tensors that begins with " + first
                    + (first.startsWith(PARALLEL) ? PARALLEL_HINT : ""));
        }
        return new SeResNet(new Architecture((int) Math.min(stem.get(0), Integer.MAX_VALUE), blocks(shapes)));
    }

    private static List<Integer> blocks(SequencedMap<String, Shape> shapes) {
        List<Integer> blocks = new ArrayList<>(List.of(0, 0, 0, 0));
        for (String key : shapes.keySet()) {
            Matcher block = BLOCK.matcher(key);
            if (block.matches()) {
                int layer = Integer.parseInt(block.group(1)) - 1;
                blocks.set(layer, Math.max(blocks.get(layer), Integer.parseInt(block.group(2)) + 1));
            }
        }
        return blocks;
    }
}
