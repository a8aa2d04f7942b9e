/**
 * The audit log: append-only lines of JSON, each holding the SHA-256 of the line before, in a sequence of files. It
 * records what happened, never what was seen.
 *
 * <p>before: {@code server} writes what happens; after: somebody verifies the chain.
 */
@NullMarked
package io.scopegate.audit;

import org.jspecify.annotations.NullMarked;
