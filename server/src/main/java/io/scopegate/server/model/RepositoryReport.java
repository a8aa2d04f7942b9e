package io.scopegate.server.model;

import java.time.Instant;
import java.util.List;

/**
 * The result of the last scan of the repository.
 *
 * @param lookedAt time of the scan
 * @param mode what the server does about other versions
 * @param versions the highest first; includes the served one even if its directory is gone
 * @param problem why the repository could not be read, or what in it is ignored, for humans; empty if nothing
 */
public record RepositoryReport(Instant lookedAt, ServingMode mode, List<VersionReport> versions, String problem) {

    public RepositoryReport {
        versions = List.copyOf(versions);
    }
}
