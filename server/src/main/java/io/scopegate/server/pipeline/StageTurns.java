package io.scopegate.server.pipeline;

/**
 * The two places where streams line up.
 *
 * @param decode for a worker
 * @param infer for the network
 */
record StageTurns(Turns decode, Turns infer) {

    StageTurns() {
        this(new Turns(), new Turns());
    }
}
