package io.scopegate.server.audit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the audit log goes.
 *
 * @param directory null for no log
 * @param fileBytes how large a file may become before the next is begun
 */
public record AuditSettings(@Nullable Path directory, long fileBytes) {}
