package io.scopegate.server.frame;

/**
 * What can be said of a frame's picture without the model.
 *
 * @param kind what it shows at a glance
 * @param digest of all its pixels; 0 if the stream does not check for repeated pictures
 */
public record PictureContent(Kind kind, int digest) {

    /** What a picture shows at a glance. */
    public enum Kind {
        /** An ordinary picture, which the model has to judge. */
        PICTURE,
        /** Almost entirely black. */
        BLACK,
        /** Almost entirely of one colour, as a screen without a signal may be. */
        SINGLE_COLOR
    }
}
