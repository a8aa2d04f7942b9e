/**
 * Decides between in body and out of body, from a frame's logits, the look of its picture and the stream's earlier
 * frames. Before it, {@code infer} gives the logits; after it, {@code grpc} sends the answer.
 */
@NullMarked
package io.scopegate.server.verdict;

import org.jspecify.annotations.NullMarked;
