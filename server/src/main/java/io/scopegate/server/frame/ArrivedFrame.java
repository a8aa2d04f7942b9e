package io.scopegate.server.frame;

/** A frame off the wire: either readable or with a fault that shows before its picture is looked at. */
public sealed interface ArrivedFrame permits Frame, UnreadableFrame {

    /** All but the picture. */
    FrameHeader header();
}
