package io.scopegate.server.grpc;

import org.jspecify.annotations.Nullable;

/**
 * Who may say which model serves.
 *
 * @param enabled false where nobody may, and the service is off
 * @param tokens whose holders may
 * @param certificateUnit OU of the clients' certificates whose holders may; null for none
 */
public record AdminSettings(
        boolean enabled, AdminTokens tokens, @Nullable String certificateUnit) {

    /** Nobody may. */
    public static final AdminSettings OFF = new AdminSettings(false, AdminTokens.none(), null);
}
