/**
 * Formats answers, faults and figures over many answers, for commands to print. Before it, answers arrive from a
 * server; after it, the commands print the result as text or as JSON.
 */
@NullMarked
package io.scopegate.cli.report;

import org.jspecify.annotations.NullMarked;
