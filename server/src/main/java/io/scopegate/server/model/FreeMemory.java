package io.scopegate.server.model;

/** How much memory this process may still take. */
public interface FreeMemory {

    /** In bytes; {@link Long#MAX_VALUE} where nobody knows. */
    long bytes();
}
