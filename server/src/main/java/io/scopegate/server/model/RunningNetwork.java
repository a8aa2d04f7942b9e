package io.scopegate.server.model;

import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.target.Execution;

/**
 * An open network. Whoever has it closes the session.
 *
 * @param session that runs it
 * @param execution where
 */
record RunningNetwork(InferenceSession session, Execution execution) {}
