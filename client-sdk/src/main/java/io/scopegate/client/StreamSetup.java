package io.scopegate.client;

/** What a stream is given by its client. */
record StreamSetup(ClientSettings settings, Scheduler scheduler, Owner owner) {

    /** The client that owns the stream. Called while the stream's lock is held. */
    interface Owner {
        /** The stream has ended and needs nothing more. Called once. */
        void ended(StreamCall stream);

        /** The server has fallen silent, so that the connection must not be used for another stream. */
        void silent();
    }
}
