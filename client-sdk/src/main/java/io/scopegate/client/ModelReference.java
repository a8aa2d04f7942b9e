package io.scopegate.client;

/**
 * Which model judged.
 *
 * @param digest {@code sha256:} and 64 hexadecimal digits, of the model's manifest
 */
public record ModelReference(String name, String version, String digest) {}
