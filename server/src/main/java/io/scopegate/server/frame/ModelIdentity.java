package io.scopegate.server.frame;

import java.util.List;

/**
 * Which model judged a frame, and what is needed to read its answer.
 *
 * @param name of the model
 * @param version of the model
 * @param digest {@code sha256:} and the digest of its manifest
 * @param labels in the order of the probabilities
 * @param inBodyThreshold the lowest in-body probability that the model answers in body
 */
public record ModelIdentity(String name, int version, String digest, List<String> labels, double inBodyThreshold) {

    public ModelIdentity {
        labels = List.copyOf(labels);
    }

    /** {@code NAME/VERSION}. */
    public String reference() {
        return name + "/" + version;
    }
}
