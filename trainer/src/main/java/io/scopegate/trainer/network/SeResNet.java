package io.scopegate.trainer.network;

import io.scopegate.trainer.network.Convolution.Window;
import java.util.List;

/**
 * The layers of an SE-ResNet as in MONAI: a block's stride is on its first 1x1 convolution, and the excitation comes
 * after the third batch norm and before the residual sum. Layers are visited in the order in which the state dict
 * defines their tensors.
 *
 * @param architecture size of the network
 */
public record SeResNet(Architecture architecture) {

    private static final Window STEM = new Window(7, 2, 3);
    private static final Window SPATIAL = new Window(3, 1, 1);

    /**
     * Returns the raw logits {@code [N, 2]}: in body, out of body.
     *
     * @param input batch {@code [N, 3, 256, 256]}; any width and height from 32 up work
     */
    public <T> T logits(Layers<T> layers, T input) {
        T features = stem(layers, input);
        for (int layer = 1; layer <= Architecture.LAYERS; layer++) {
            features = layer(layers, features, layer);
        }
        return head(layers, layers.globalAveragePool(features));
    }

    /** Returns every tensor of the network, in definition order. */
    public List<TensorSpec> tensors() {
        TensorListing listing = new TensorListing();
        logits(listing, TensorListing.Visited.LAYER);
        return listing.tensors();
    }

    <T> T stem(Layers<T> layers, T input) {
        Convolution convolution =
                new Convolution("layer0.conv1", "layer0.bn1", STEM, Architecture.CHANNELS, architecture.width());
        return layers.maxPool(layers.relu(layers.convolution(convolution, input)));
    }

    <T> T layer(Layers<T> layers, T input, int layer) {
        T features = input;
        for (int block = 0; block < architecture.blocks().get(layer - 1); block++) {
            features = block(layers, features, new Bottleneck(architecture, layer, block));
        }
        return features;
    }

    <T> T head(Layers<T> layers, T pooled) {
        int channels = architecture.planes(Architecture.LAYERS) * Architecture.EXPANSION;
        return layers.dense(new Dense("last_linear", channels, Architecture.CLASSES), pooled);
    }

    private static <T> T block(Layers<T> layers, T input, Bottleneck block) {
        T features = layers.relu(layers.convolution(block.reduce(), input));
        features = layers.relu(layers.convolution(block.spatial(SPATIAL), features));
        features = layers.convolution(block.expand(), features);
        features = layers.scale(features, excitation(layers, features, block));
        T residual = block.first() ? layers.convolution(block.project(), input) : input;
        return layers.relu(layers.add(features, residual));
    }

    private static <T> T excitation(Layers<T> layers, T features, Bottleneck block) {
        T squeezed = layers.relu(layers.dense(block.squeeze(), layers.globalAveragePool(features)));
        return layers.sigmoid(layers.dense(block.excite(), squeezed));
    }
}
