package io.scopegate.bundle.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.bundle.preprocess.InputShape;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The content of a model's {@code manifest.json}. It holds the digests of all other files, so its own digest identifies
 * the model.
 *
 * @param name of the model; letters, digits, dot, dash and underscore
 * @param version from 1 to {@link #MOST_VERSION}; the directory's name
 * @param network file name of the ONNX network
 * @param labels one for each element of the network's output, in the same order
 * @param input the network's input tensor
 * @param output name of the network's output tensor: raw logits, {@code batch x labels}
 * @param inBodyThreshold the lowest probability of the label {@code inbody} at which a frame counts as in body, from
 *     {@link #LEAST_IN_BODY_THRESHOLD} to 1
 * @param maxBatch how many frames one run may take at most
 * @param golden the answers to known pictures that the network must give before it is served
 * @param files digest and size of every other file of the directory
 * @param provenance how and from what the model was made, its figures, and what it may be used for; for people
 */
public record ModelManifest(
        String name,
        int version,
        String network,
        List<String> labels,
        Input input,
        String output,
        double inBodyThreshold,
        int maxBatch,
        GoldenVectors golden,
        List<FileDigest> files,
        JsonNode provenance) {

    /** The label whose probability is compared with the threshold. */
    public static final String IN_BODY = "inbody";

    /** The other label. */
    public static final String OUT_OF_BODY = "outbody";

    /** With a threshold of 0, every probability that is a number would be in body. */
    public static final double LEAST_IN_BODY_THRESHOLD = 0.01;

    /** The highest version. A version has at most nine digits wherever it is written. */
    public static final int MOST_VERSION = 999_999_999;

    /** Pattern of a model's name. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public ModelManifest {
        labels = List.copyOf(labels);
        files = List.copyOf(files);
    }

    /** {@code NAME/VERSION}. */
    public String reference() {
        return name + "/" + version;
    }

    /**
     * The input tensor, {@code batch x 3 x width x height}, float32.
     *
     * @param tensor its name in the network
     * @param shape of one frame
     * @param preprocessing name of the definition by which a picture becomes the tensor
     */
    public record Input(String tensor, InputShape shape, String preprocessing) {}

    /**
     * Pictures whose answers are known.
     *
     * @param probabilityTolerance by how much a probability may differ, 0 to 0.05
     * @param vectors at least one
     */
    public record GoldenVectors(double probabilityTolerance, List<GoldenVector> vectors) {
        public GoldenVectors {
            vectors = List.copyOf(vectors);
        }
    }

    /**
     * One picture and its answer.
     *
     * @param picture file name of a PNG
     * @param probabilities softmax of the trained network's output, in the order of the labels
     */
    public record GoldenVector(String picture, List<Double> probabilities) {
        public GoldenVector {
            probabilities = List.copyOf(probabilities);
        }
    }

    /**
     * One file of the directory.
     *
     * @param path relative to the directory, with forward slashes
     * @param bytes its size
     * @param sha256 64 hexadecimal digits
     */
    public record FileDigest(String path, long bytes, String sha256) {}
}
