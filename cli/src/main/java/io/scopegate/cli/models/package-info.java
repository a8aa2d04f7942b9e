/**
 * {@code ./scopegate models}: lets an administrator choose which model a running server serves.
 *
 * <p>before: an administrator with a token or certificate; after: {@code client-sdk} calls the server's admin service.
 */
@NullMarked
package io.scopegate.cli.models;

import org.jspecify.annotations.NullMarked;
