package io.scopegate.server.model;

import java.time.Instant;
import java.util.List;

/**
 * What the last look at the repository has shown.
 *
 * @param lookedAt when
 * @param mode what the server does about other versions
 * @param versions the highest first; the served one also if its directory is gone
 * @param problem why the repository could not be read, or what in it is left aside, for people; or empty
 */
public record RepositoryReport(Instant lookedAt, ServingMode mode, List<VersionReport> versions, String problem) {

    public RepositoryReport {
        versions = List.copyOf(versions);
    }
}
