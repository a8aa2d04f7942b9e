/**
 * What happens to streams and models, for the audit log: verdicts that change, frames that could not be judged, models
 * that come and go. Never what a picture shows.
 *
 * <p>before: {@code grpc} answers frames, {@code model} changes what is served; after: {@code io.scopegate.audit}.
 */
@NullMarked
package io.scopegate.server.audit;

import org.jspecify.annotations.NullMarked;
