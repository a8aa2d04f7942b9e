/**
 * The same messages over bare grpc-java, which is as fast as the stack could be at best. The one place of the commands
 * that knows gRPC.
 *
 * <p>before: {@code bench} has measured the stack; after: it reports the ratio.
 */
@NullMarked
package io.scopegate.cli.bench.echo;

import org.jspecify.annotations.NullMarked;
