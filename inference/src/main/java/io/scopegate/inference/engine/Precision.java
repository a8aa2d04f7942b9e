package io.scopegate.inference.engine;

import java.util.Locale;

/** The precision that an engine computes with. */
public enum Precision {
    FP32,
    FP16;

    /** Returns the name for people and files: {@code fp32}, {@code fp16}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Precision of(String text) {
        for (Precision precision : values()) {
            if (precision.text().equals(text)) {
                return precision;
            }
        }
        throw new IllegalArgumentException("precision: fp32 or fp16, not " + text);
    }
}
