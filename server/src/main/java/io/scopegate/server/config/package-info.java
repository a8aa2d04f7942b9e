/**
 * The configuration, turned once at the start into the settings of the other packages.
 *
 * <p>before: properties, environment, command line; after: every package has its own settings record. The comments in
 * {@code ServerConfig} are the text of docs/configuration.md.
 */
@NullMarked
package io.scopegate.server.config;

import org.jspecify.annotations.NullMarked;
