package io.scopegate.server.audit;

import io.scopegate.audit.LogLimits;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the audit log goes.
 *
 * @param directory null for no log
 * @param limits the limits of its files
 */
public record AuditSettings(@Nullable Path directory, LogLimits limits) {}
