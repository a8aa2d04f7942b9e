package io.scopegate.client;

/**
 * Identifies a model.
 *
 * @param digest SHA-256 of the model's manifest: {@code sha256:} followed by 64 hexadecimal digits
 */
public record ModelReference(String name, String version, String digest) {}
