/**
 * Runs {@code ./scopegate audit}: verifies that an audit log is intact. Before it, a server writes the log; after it,
 * the operator reads the result.
 */
@NullMarked
package io.scopegate.cli.audit;

import org.jspecify.annotations.NullMarked;
