/**
 * Runs {@code ./scopegate models}: lists and changes by hand which model a running server serves. Before it, an
 * operator has a token; after it, {@code client-sdk} calls the server's admin service.
 */
@NullMarked
package io.scopegate.cli.models;

import org.jspecify.annotations.NullMarked;
