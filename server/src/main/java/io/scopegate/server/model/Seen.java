package io.scopegate.server.model;

import java.util.List;

/**
 * What one look has shown.
 *
 * @param sights the highest version first
 * @param problem why the repository could not be read, or what in it is left aside; or empty
 */
record Seen(List<Sight> sights, String problem) {}
