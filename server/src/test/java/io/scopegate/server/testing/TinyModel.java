package io.scopegate.server.testing;

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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A publishable model around a tiny network. Its one golden picture has a spot.
 *
 * @param name of the model
 * @param version of the model
 * @param network that it holds
 * @param goldenInBody the in-body probability that the manifest states for the golden picture
 */
public record TinyModel(String name, int version, TinyNetwork network, double goldenInBody) {

    public static final double THRESHOLD = 0.6;

    /** The spot covers 1/64 of the picture, so its z-score is the square root of 63. */
    private static final double SPOT_SCORE = Math.sqrt(63);

    public static TinyModel spotDetector() {
        return new TinyModel("tiny", 1, TinyNetwork.spotDetector(), inBody(4 * SPOT_SCORE - 8, 0));
    }

    /** Returns the spot detector with this version number. */
    public static TinyModel version(int version) {
        return new TinyModel(
                "tiny", version, TinyNetwork.spotDetector(), spotDetector().goldenInBody());
    }

    /** Returns {@code contrary}, which calls a spot out of body, with this version number. */
    public static TinyModel spotRefuser(int version) {
        return new TinyModel("contrary", version, TinyNetwork.spotRefuser(), inBody(8 - 4 * SPOT_SCORE, 0));
    }

    public static TinyModel nanWithoutSpot() {
        return new TinyModel("nan", 1, TinyNetwork.nanWithoutSpot(), inBody(Math.log(4 * SPOT_SCORE - 8), Math.log(1)));
    }

    /** Returns a model whose network never returns for a picture without a spot. */
    public static TinyModel endlessWithoutSpot() {
        return new TinyModel(
                "endless", 1, TinyNetwork.endlessWithoutSpot(), spotDetector().goldenInBody());
    }

    private static double inBody(double inBodyLogit, double outOfBodyLogit) {
        return 1 / (1 + Math.exp(outOfBodyLogit - inBodyLogit));
    }

    public PublishedModel publish(Path models) {
        return publish(models, network.onnx());
    }

    /** Publishes the model with these bytes in place of its network. */
    public PublishedModel publish(Path models, byte[] networkBytes) {
        try {
            return ModelPublisher.publish(models, manifest(), directory -> {
                Files.write(directory.resolve("network.onnx"), networkBytes);
                Files.write(directory.resolve("spot.png"), Pictures.png(Pictures.spot(256, 256)));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ModelUnusableException e) {
            throw new IllegalStateException(e);
        }
    }

    private ModelManifest manifest() {
        GoldenVector spot = new GoldenVector("spot.png", List.of(goldenInBody, 1 - goldenInBody));
        return new ModelManifest(
                name,
                version,
                "network.onnx",
                List.of(ModelManifest.IN_BODY, ModelManifest.OUT_OF_BODY),
                new Input("INPUT__0", InputShape.REFERENCE, Preprocessing.ID),
                "OUTPUT__0",
                THRESHOLD,
                1,
                new GoldenVectors(1e-3, List.of(spot)),
                List.of(),
                JsonNodeFactory.instance.objectNode());
    }
}
