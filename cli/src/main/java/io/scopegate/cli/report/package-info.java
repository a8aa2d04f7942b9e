/** Texts and figures about answers and failures, as the commands print them. */
@NullMarked
package io.scopegate.cli.report;

import org.jspecify.annotations.NullMarked;
