/**
 * {@code ./scopegate audit}: verifies that the lines of an audit log form an unbroken chain.
 *
 * <p>before: a server has written it; after: the caller reads the result.
 */
@NullMarked
package io.scopegate.cli.audit;

import org.jspecify.annotations.NullMarked;
