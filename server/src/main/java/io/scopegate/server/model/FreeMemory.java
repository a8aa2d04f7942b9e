package io.scopegate.server.model;

/** Tells how much memory this process may still take. */
public interface FreeMemory {

    /** Returns the free memory in bytes; {@link Long#MAX_VALUE} if it is not known. */
    long bytes();
}
