/**
 * Writes and verifies the audit log: lines of JSON that are only ever appended, each with the SHA-256 of the line
 * before, in consecutive files. The log holds what happened, never what was seen. Before it, {@code server} reports
 * events; after it, {@code ./scopegate audit verify} verifies the chain.
 */
@NullMarked
package io.scopegate.audit;

import org.jspecify.annotations.NullMarked;
