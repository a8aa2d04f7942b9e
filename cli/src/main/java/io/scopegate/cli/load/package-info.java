/**
 * Plays devices that send rendered frames to a server through the SDK, and records what became of the frames. Before
 * it, a command starts a server; after it, {@code bench} and {@code soak} report.
 */
@NullMarked
package io.scopegate.cli.load;

import org.jspecify.annotations.NullMarked;
