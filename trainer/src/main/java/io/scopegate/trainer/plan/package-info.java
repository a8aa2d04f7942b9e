/**
 * What a training run shall do, as a JSON file and overrides on the command line state it.
 *
 * <p>before: {@code cli} names the file; after: {@code dataset}, {@code train}, {@code export} and {@code publish} do
 * what it says.
 */
@NullMarked
package io.scopegate.trainer.plan;

import org.jspecify.annotations.NullMarked;
