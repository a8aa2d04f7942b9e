/**
 * The audit log: lines of JSON that only ever grow, each holding the SHA-256 of the one before, in files that follow one
 * another. What happened is in it, never what was seen.
 *
 * <p>before: {@code server} writes what happens; after: whoever verifies the chain.
 */
@NullMarked
package io.scopegate.audit;

import org.jspecify.annotations.NullMarked;
