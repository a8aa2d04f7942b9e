/**
 * From the logits, what the picture shows and the earlier frames to the verdict: in body or out of body.
 *
 * <p>before: {@code infer} gives the logits; after: {@code grpc} sends the answer.
 */
@NullMarked
package io.scopegate.server.verdict;

import org.jspecify.annotations.NullMarked;
