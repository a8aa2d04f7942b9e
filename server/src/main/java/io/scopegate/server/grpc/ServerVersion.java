package io.scopegate.server.grpc;

/**
 * The name and version of the server, as reported to clients.
 *
 * @param text program and version
 */
public record ServerVersion(String text) {}
