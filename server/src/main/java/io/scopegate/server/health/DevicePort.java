package io.scopegate.server.health;

/** The port on which devices reach the server. Any thread. */
public interface DevicePort {

    /** Returns whether devices can reach the server. The port is opened as the process starts, and stays open. */
    boolean isOpen();
}
