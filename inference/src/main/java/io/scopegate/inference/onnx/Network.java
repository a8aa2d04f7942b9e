package io.scopegate.inference.onnx;

import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.engine.EngineKey;

/** An ONNX network, whole in memory. */
public final class Network {

    private final String name;
    private final byte[] onnx;
    private final NetworkProfile profile;

    /**
     * Takes over the bytes.
     *
     * @param name for people, such as {@code NAME/VERSION}
     * @param onnx the ONNX file
     * @param profile its inputs
     */
    public Network(String name, byte[] onnx, NetworkProfile profile) {
        this.name = name;
        this.onnx = onnx;
        this.profile = profile;
    }

    /**
     * Reads that of a published model.
     *
     * @throws ModelUnusableException if it cannot be read, or is not what it was when the model was opened
     */
    public static Network of(PublishedModel model) throws ModelUnusableException {
        return new Network(model.manifest().reference(), model.readNetwork(), NetworkProfile.of(model.manifest()));
    }

    String name() {
        return name;
    }

    byte[] onnx() {
        return onnx;
    }

    NetworkProfile profile() {
        return profile;
    }

    /** That an engine is kept by. */
    String digest() {
        return EngineKey.digest(onnx);
    }
}
