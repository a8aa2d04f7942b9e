/**
 * Sends the same messages over bare grpc-java, to measure how fast the stack could be at best. No other package of the
 * commands knows gRPC. Before it, {@code bench} measures the stack; after it, {@code bench} reports the ratio.
 */
@NullMarked
package io.scopegate.cli.bench.echo;

import org.jspecify.annotations.NullMarked;
