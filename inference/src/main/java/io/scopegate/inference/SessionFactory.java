package io.scopegate.inference;

import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;

/** Opens the network of a published model. */
public interface SessionFactory {

    /**
     * The session is the caller's to close.
     *
     * @throws ModelUnusableException if the file is no network, or its inputs and outputs are not as the manifest says
     */
    InferenceSession open(PublishedModel model) throws ModelUnusableException;
}
