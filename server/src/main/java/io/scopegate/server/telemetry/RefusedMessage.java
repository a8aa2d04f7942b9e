package io.scopegate.server.telemetry;

/** Why a message was not taken. Its call ended with it or before it. */
public enum RefusedMessage {
    /** It is over the size limit, on the wire or once decompressed. */
    TOO_LARGE,
    /** Its bytes are not a message of the contract. */
    UNREADABLE,
    /** It has more fields, or more beside the picture, than any message of the contract has. */
    TOO_MANY_PARTS,
    /**
     * It is of the contract but not allowed here, or cannot be served: a frame before the opening, or a model that is
     * not served.
     */
    NOT_ALLOWED,
    /** There is no memory for it beside the messages that wait or that have arrived in part. */
    NO_ROOM,
    /** The server could not handle it because of a fault of its own. */
    FAULT,
    /** Its call had ended before it could be handled, whatever it was. */
    CALL_OVER
}
