/**
 * Devices that send rendered frames to a server through the SDK, and the results of these frames.
 *
 * <p>before: a command has started a server; after: {@code bench} and {@code soak} report.
 */
@NullMarked
package io.scopegate.cli.load;

import org.jspecify.annotations.NullMarked;
