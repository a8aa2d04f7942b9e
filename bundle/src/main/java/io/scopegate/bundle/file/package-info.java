/**
 * Turns faults of files and connections into words for people.
 *
 * <p>before: the system refuses an operation; after: a message, a log line or a report names the file and the reason.
 */
@NullMarked
package io.scopegate.bundle.file;

import org.jspecify.annotations.NullMarked;
