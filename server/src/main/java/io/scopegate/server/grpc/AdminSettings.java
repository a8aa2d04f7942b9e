package io.scopegate.server.grpc;

import org.jspecify.annotations.Nullable;

/**
 * Who may say which model serves.
 *
 * @param tokens null where nobody may, and the service is off
 */
public record AdminSettings(@Nullable AdminTokens tokens) {}
