/**
 * Opens ONNX Runtime's environment with its telemetry off; server, trainer and commands get the environment only here.
 * Before it, the process is started; after it, sessions for running networks are opened in the environment.
 */
@NullMarked
package io.scopegate.bundle.engine;

import org.jspecify.annotations.NullMarked;
