package io.scopegate.server.health;

/** Where devices reach the server. For any thread. */
public interface DevicePort {

    /** Whether they can: it is opened as the process starts, and for good. */
    boolean isOpen();
}
