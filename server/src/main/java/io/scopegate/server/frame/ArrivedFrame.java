package io.scopegate.server.frame;

/** A frame as received: either readable, or with a fault that was found before its picture was looked at. */
public sealed interface ArrivedFrame permits Frame, UnreadableFrame {

    /** Returns everything but the picture. */
    FrameHeader header();
}
