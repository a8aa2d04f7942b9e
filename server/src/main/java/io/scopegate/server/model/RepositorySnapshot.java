package io.scopegate.server.model;

import java.util.List;

/**
 * The result of one scan.
 *
 * @param versions the highest first
 * @param problem why the repository could not be read, or what in it is ignored; empty if nothing
 */
record RepositorySnapshot(List<VersionSnapshot> versions, String problem) {}
