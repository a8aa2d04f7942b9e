/**
 * Describes faults of files in words that people understand. Before it, the operating system refuses an operation, or a
 * JSON file cannot be parsed; after it, a message, a log line or a report names the file and the reason.
 */
@NullMarked
package io.scopegate.bundle.file;

import org.jspecify.annotations.NullMarked;
