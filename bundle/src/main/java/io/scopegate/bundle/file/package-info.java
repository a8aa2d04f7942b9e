/**
 * What goes wrong with files, in words for people.
 *
 * <p>before: the system refuses something; after: a message, a log line or a report names the file and the reason.
 */
@NullMarked
package io.scopegate.bundle.file;

import org.jspecify.annotations.NullMarked;
