package io.scopegate.server.model;

import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.target.Execution;
import java.util.concurrent.Executor;

/**
 * An open network. Its owner closes the session.
 *
 * @param session runs the network
 * @param execution where it runs
 * @param closer executes the closing of the session
 */
record RunningNetwork(InferenceSession session, Execution execution, Executor closer) {}
