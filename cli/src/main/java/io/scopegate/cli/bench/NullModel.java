package io.scopegate.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.model.ModelPublisher;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import io.scopegate.cli.lifetime.ScratchDirectory;
import io.scopegate.trainer.export.NullNetwork;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A model whose network does next to nothing, so that only the stack's own cost remains. Its verdicts mean nothing.
 * Owns the temporary repository that contains it.
 *
 * @param models the repository
 * @param published the model
 */
record NullModel(ScratchDirectory models, PublishedModel published) implements AutoCloseable {

    private static final String NETWORK = "network.onnx";
    private static final String PICTURE = "black.png";
    private static final double EVEN = 0.5;
    private static final double TOLERANCE = 1e-6;

    static NullModel publish() throws IOException, ModelUnusableException {
        ScratchDirectory models = ScratchDirectory.create();
        try {
            return new NullModel(models, publish(models.path()));
        } catch (IOException | ModelUnusableException | RuntimeException e) {
            models.close();
            throw e;
        }
    }

    private static PublishedModel publish(Path models) throws IOException, ModelUnusableException {
        return ModelPublisher.publish(models, manifest(), directory -> {
            NullNetwork.write("input", "logits", directory.resolve(NETWORK));
            BufferedImage black = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            ImageIO.write(black, "png", directory.resolve(PICTURE).toFile());
        });
    }

    /** Its golden picture is black: that stays zero, and equal logits give even probabilities. */
    private static ModelManifest manifest() {
        return new ModelManifest(
                "null",
                1,
                NETWORK,
                List.of(ModelManifest.IN_BODY, ModelManifest.OUT_OF_BODY),
                new Input("input", InputShape.REFERENCE, Preprocessing.ID),
                "logits",
                EVEN,
                1,
                new GoldenVectors(TOLERANCE, List.of(new GoldenVector(PICTURE, List.of(EVEN, EVEN)))),
                List.of(),
                JsonNodeFactory.instance.objectNode().put("purpose", "measuring, not judging"));
    }

    @Override
    public void close() throws IOException {
        models.close();
    }
}
