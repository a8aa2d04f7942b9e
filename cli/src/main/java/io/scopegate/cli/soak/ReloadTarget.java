package io.scopegate.cli.soak;

import io.scopegate.bundle.model.ModelUnusableException;
import java.io.IOException;

/** A server to which versions of a model are published. */
interface ReloadTarget {

    /** Publishes a valid version and waits until it serves. */
    void reload() throws IOException, InterruptedException, ModelUnusableException;

    /** Publishes a spoiled version and waits until it is refused. */
    void refuse() throws IOException, InterruptedException, ModelUnusableException;

    /** Returns the resident memory of the server's process. */
    double residentMegabytes() throws IOException;
}
