/** The commands of {@code ./scopegate}: those of this module and the trainer's. */
@NullMarked
package io.scopegate.cli;

import org.jspecify.annotations.NullMarked;
