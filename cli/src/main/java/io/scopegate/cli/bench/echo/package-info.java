/**
 * Sends the same messages over bare grpc-java, which is the upper limit of the stack's speed. The only package of the
 * commands that uses gRPC directly.
 *
 * <p>before: {@code bench} has measured the stack; after: it reports the ratio.
 */
@NullMarked
package io.scopegate.cli.bench.echo;

import org.jspecify.annotations.NullMarked;
