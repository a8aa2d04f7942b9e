package io.scopegate.server.grpc;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the administration service.
 *
 * @param enabled false if nobody may, and the service is off
 * @param tokens supplies the tokens whose holders may. Asked at each call, so that a token that is removed is useless
 *     from then on; throws {@link IllegalArgumentException} if the tokens cannot be read
 * @param certificateUnit the holders of client certificates with this organisational unit (OU) may; null for none
 */
public record AdminSettings(
        boolean enabled,
        Supplier<AdminTokens> tokens,
        @Nullable String certificateUnit) {

    /** The service is off. */
    public static final AdminSettings OFF = new AdminSettings(false, AdminTokens::none, null);
}
