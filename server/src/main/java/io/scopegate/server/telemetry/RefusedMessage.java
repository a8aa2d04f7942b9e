package io.scopegate.server.telemetry;

/** Why a message was not taken; its call has ended with it, or before. */
public enum RefusedMessage {
    /** Over the limit, on the wire or unfolded. */
    TOO_LARGE,
    /** Bytes that are no message of the contract. */
    UNREADABLE,
    /** More fields, or more beside the picture, than any message of the contract has. */
    TOO_MANY_PARTS,
    /** One of the contract that may not be, or cannot be served: a frame before the opening, a model that is not there. */
    NOT_ALLOWED,
    /** One for which there is no memory beside those that wait, or of which a part has come. */
    NO_ROOM,
    /** One that the server could not handle, for a fault of its own. */
    FAULT,
    /** Whatever it was: its call had ended before anybody could handle it. */
    CALL_OVER
}
