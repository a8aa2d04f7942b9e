package io.scopegate.server.grpc;

/**
 * The server as its clients are told of it.
 *
 * @param text program and version
 */
public record ServerVersion(String text) {}
