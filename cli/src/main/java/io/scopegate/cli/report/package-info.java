/** Figures over many answers, as {@code demo} and {@code bench} print them. */
@NullMarked
package io.scopegate.cli.report;

import org.jspecify.annotations.NullMarked;
