/**
 * From logits, the look of the picture and the frames before to in body or out of body.
 *
 * <p>before: {@code infer} gives the logits; after: {@code grpc} sends the answer.
 */
@NullMarked
package io.scopegate.server.verdict;

import org.jspecify.annotations.NullMarked;
