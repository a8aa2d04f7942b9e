/**
 * Words for people what went wrong with files and connections.
 *
 * <p>before: the system refuses an operation; after: a message, a log line or a report names the file and the reason.
 */
@NullMarked
package io.scopegate.bundle.file;

import org.jspecify.annotations.NullMarked;
