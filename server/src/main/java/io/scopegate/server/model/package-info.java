/**
 * The served model: found, checked, warmed up, verified with its golden vectors, then leased to frames.
 *
 * <p>before: a directory published as {@code bundle} defines it; after: {@code pipeline} leases it for each frame.
 */
@NullMarked
package io.scopegate.server.model;

import org.jspecify.annotations.NullMarked;
