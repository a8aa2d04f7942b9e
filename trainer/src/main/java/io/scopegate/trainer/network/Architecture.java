package io.scopegate.trainer.network;

import java.util.List;

/**
 * The size of an SE-ResNet with bottleneck blocks.
 *
 * @param width channels of the stem; the planes of the four layers are 1, 2, 4 and 8 times as many
 * @param blocks bottleneck blocks in each of the four layers
 */
public record Architecture(int width, List<Integer> blocks) {

    /** MONAI's {@code SEResNet50(spatial_dims=2, in_channels=3, num_classes=2)}: 26,043,122 parameters. */
    public static final Architecture SE_RESNET_50 = new Architecture(64, List.of(3, 4, 6, 3));

    /** Colour channels of the input. */
    public static final int CHANNELS = 3;

    /** Classes of the output: in body and out of body. */
    public static final int CLASSES = 2;

    /** Layers of bottleneck blocks after the stem. */
    public static final int LAYERS = 4;

    /** Ratio of a block's output channels to its planes. */
    static final int EXPANSION = 4;

    private static final int REDUCTION = 16;
    private static final int LEAST_SQUEEZED = 4;
    private static final int MAX_WIDTH = 256;
    private static final int MAX_BLOCKS = 64;

    public Architecture {
        blocks = List.copyOf(blocks);
        if (width < 1 || width > MAX_WIDTH) {
            throw new IllegalArgumentException("network.width: 1.." + MAX_WIDTH + ", not " + width);
        }
        if (blocks.size() != LAYERS || blocks.stream().anyMatch(count -> count < 1 || count > MAX_BLOCKS)) {
            throw new IllegalArgumentException(
                    "network.blocks: " + LAYERS + " numbers of 1.." + MAX_BLOCKS + ", not " + blocks);
        }
    }

    /** Returns the planes of a layer, counted from 1: the inner channels of its bottleneck blocks. */
    int planes(int layer) {
        return width << (layer - 1);
    }

    /** Returns the channels between the two dense layers of a squeeze-and-excitation, at least 4 in narrow networks. */
    static int squeezed(int channels) {
        return Math.max(LEAST_SQUEEZED, channels / REDUCTION);
    }
}
