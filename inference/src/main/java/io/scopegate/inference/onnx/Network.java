package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.NetworkUse;
import io.scopegate.bundle.model.PublishedModel;

/**
 * An ONNX network, which is in memory only while a session is created from it.
 *
 * @param name for people, such as {@code NAME/VERSION}
 * @param digest by which its engines are kept: {@code sha256:} and the digest of the ONNX file
 * @param profile its inputs
 * @param source provides its bytes
 */
public record Network(String name, String digest, NetworkProfile profile, Source source) {

    /** Provides a network's bytes. May be used from any thread. */
    @FunctionalInterface
    public interface Source {

        /**
         * Creates a session, from nothing but bytes that have the digest.
         *
         * @throws ModelUnusableException if the bytes cannot be read, or have changed
         * @throws OrtException if no session can be created from them
         */
        OrtSession read(NetworkUse<OrtSession, OrtException> use) throws ModelUnusableException, OrtException;
    }

    /** Returns the network of a published model. Reads nothing yet. */
    public static Network of(PublishedModel model) {
        return new Network(
                model.manifest().reference(),
                "sha256:" + model.networkSha256(),
                NetworkProfile.of(model.manifest()),
                model::readNetwork);
    }
}
