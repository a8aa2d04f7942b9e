package io.scopegate.trainer.sampledata;

import java.util.Locale;

/** The class of a rendered frame. */
public enum FrameLabel {
    /** The scope looks at tissue inside the patient. */
    INBODY,
    /** Anything else, black frames included. */
    OUTBODY;

    /** Returns the label as data sets and models spell it: {@code inbody} or {@code outbody}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
