/**
 * Turns the configuration, once at the start, into the settings of the other packages. The comments in {@code
 * ServerConfig} are the text of docs/configuration.md. Before it, properties, environment and command line are given;
 * after it, every package has its own settings record.
 */
@NullMarked
package io.scopegate.server.config;

import org.jspecify.annotations.NullMarked;
