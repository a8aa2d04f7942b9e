/**
 * Contains the entry point of {@code ./scopegate}, with the commands of this module and the trainer's. Before it, the
 * launcher starts Java; after it, the package of the command does the work.
 */
@NullMarked
package io.scopegate.cli;

import org.jspecify.annotations.NullMarked;
