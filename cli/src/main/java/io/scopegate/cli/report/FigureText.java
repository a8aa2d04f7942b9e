package io.scopegate.cli.report;

import java.util.Locale;

/** Formats figures for humans. */
public final class FigureText {

    private FigureText() {}

    /**
     * Returns a figure with this many digits after the point; {@code not measured} if it was not, which is null in
     * {@link JsonFigures}.
     */
    public static String of(double value, int digits) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "not measured";
    }
}
