package io.scopegate.server.grpc;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may say which model serves.
 *
 * @param enabled false where nobody may, and the service is off
 * @param tokens whose holders may, asked at each call, so that a token that is taken away is of no use from then on;
 *     throws {@link IllegalArgumentException} where they cannot be told
 * @param certificateUnit OU of the clients' certificates whose holders may; null for none
 */
public record AdminSettings(
        boolean enabled,
        Supplier<AdminTokens> tokens,
        @Nullable String certificateUnit) {

    /** Nobody may. */
    public static final AdminSettings OFF = new AdminSettings(false, AdminTokens::none, null);
}
