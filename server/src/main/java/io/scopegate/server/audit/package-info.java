/**
 * Records in the audit log what happens to streams and models: verdicts that change, frames that could not be judged,
 * models that come and go; never what a picture shows. Before it, {@code grpc} answers frames and {@code model} changes
 * what is served; after it, {@code io.scopegate.audit} writes the log.
 */
@NullMarked
package io.scopegate.server.audit;

import org.jspecify.annotations.NullMarked;
