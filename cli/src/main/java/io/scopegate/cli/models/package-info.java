/**
 * {@code ./scopegate models}: which model a running server serves, said by hand.
 *
 * <p>before: somebody with a token; after: {@code client-sdk} calls the server's admin service.
 */
@NullMarked
package io.scopegate.cli.models;

import org.jspecify.annotations.NullMarked;
