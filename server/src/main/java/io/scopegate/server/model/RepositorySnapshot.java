package io.scopegate.server.model;

import java.util.List;

/**
 * What one look has shown.
 *
 * @param versions the highest version first
 * @param problem why the repository could not be read, or what in it is left aside; or empty
 */
record RepositorySnapshot(List<VersionSnapshot> versions, String problem) {}
