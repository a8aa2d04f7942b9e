package io.scopegate.server.model;

import io.scopegate.inference.target.Execution;
import io.scopegate.server.frame.ModelIdentity;

/** Whether frames can be judged. */
public sealed interface ModelState {

    /** A model is being loaded and none is served yet. */
    record Loading() implements ModelState {}

    /**
     * No model is served.
     *
     * @param reason for humans
     */
    record Absent(String reason) implements ModelState {}

    /**
     * A model is served.
     *
     * @param identity which model
     * @param execution where it runs
     */
    record Serving(ModelIdentity identity, Execution execution) implements ModelState {}
}
