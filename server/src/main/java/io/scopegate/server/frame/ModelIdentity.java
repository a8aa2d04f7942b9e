package io.scopegate.server.frame;

import java.util.List;

/**
 * Identifies the model that judged a frame, with what is needed to read its answer.
 *
 * @param name of the model
 * @param version of the model
 * @param digest {@code sha256:} followed by the digest of the model's manifest
 * @param labels in the order of the probabilities
 * @param inBodyThreshold the lowest in-body probability that the model answers in body
 */
public record ModelIdentity(String name, int version, String digest, List<String> labels, double inBodyThreshold) {

    public ModelIdentity {
        labels = List.copyOf(labels);
    }

    /** Returns {@code NAME/VERSION}. */
    public String reference() {
        return name + "/" + version;
    }
}
