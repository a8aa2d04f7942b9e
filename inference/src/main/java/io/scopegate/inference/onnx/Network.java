package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.NetworkUse;
import io.scopegate.bundle.model.PublishedModel;

/**
 * An ONNX network, which is in memory only while a session is made of it.
 *
 * @param name for people, such as {@code NAME/VERSION}
 * @param digest that an engine is kept by: {@code sha256:} and that of the ONNX file
 * @param profile its inputs
 * @param source its bytes
 */
public record Network(String name, String digest, NetworkProfile profile, Source source) {

    /** Any thread. */
    @FunctionalInterface
    public interface Source {

        /**
         * Makes a session, of nothing but the bytes that have the digest.
         *
         * @throws ModelUnusableException if they cannot be read, or are not what they were
         * @throws OrtException if no session can be made of them
         */
        OrtSession read(NetworkUse<OrtSession, OrtException> use) throws ModelUnusableException, OrtException;
    }

    /** That of a published model; reads nothing yet. */
    public static Network of(PublishedModel model) {
        return new Network(
                model.manifest().reference(),
                "sha256:" + model.networkSha256(),
                NetworkProfile.of(model.manifest()),
                model::readNetwork);
    }
}
