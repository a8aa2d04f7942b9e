/**
 * Describes faults of files in words that people understand, and deletes folders. Before it, another package works with
 * files, and the operating system may refuse an operation; after it, a message, a log line or a report names the file
 * and the reason.
 */
@NullMarked
package io.scopegate.bundle.file;

import org.jspecify.annotations.NullMarked;
