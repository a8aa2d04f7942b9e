package io.scopegate.server.model;

import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.target.Execution;
import java.util.concurrent.Executor;

/**
 * An open network. Whoever has it closes the session.
 *
 * @param session that runs it
 * @param execution where
 * @param closer runs what closes it
 */
record RunningNetwork(InferenceSession session, Execution execution, Executor closer) {}
