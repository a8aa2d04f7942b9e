package io.scopegate.server.frame;

/**
 * What a frame's picture shows, as far as that speaks for itself.
 *
 * @param kind at a glance
 * @param digest of all its pixels; 0 where nobody asks whether pictures repeat
 */
public record PictureContent(Kind kind, int digest) {

    /** What a picture shows at a glance. */
    public enum Kind {
        /** Something, for the model to say what. */
        PICTURE,
        /** Nearly nothing but black. */
        BLACK,
        /** Nearly nothing but one colour, as screens show it that have no signal. */
        SINGLE_COLOR
    }
}
