/**
 * {@code ./scopegate audit}: proves an audit log whole.
 *
 * <p>before: a server has written it; after: whoever asked.
 */
@NullMarked
package io.scopegate.cli.audit;

import org.jspecify.annotations.NullMarked;
