package io.scopegate.client;

/** What a stream has from its client. */
record StreamSetup(ClientSettings settings, Scheduler scheduler, Owner owner) {

    /** Hears of a stream's end, once, while the stream's lock is held. */
    interface Owner {
        /** The stream needs nothing more. */
        void ended(StreamCall stream);

        /** The server has fallen silent, so that the connection must not be used for another stream. */
        void silent();
    }
}
