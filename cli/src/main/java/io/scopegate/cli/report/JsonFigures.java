package io.scopegate.cli.report;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Figures of a JSON object. What could not be measured is null: JSON has no not-a-number, and a program that reads a
 * text in its place takes it for more than any number.
 *
 * @param node that gets them
 */
public record JsonFigures(ObjectNode node) {

    /** Puts a figure as it is. */
    public JsonFigures put(String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
        return this;
    }

    /** Puts a figure with so many digits after the point. */
    public JsonFigures put(String name, double value, int digits) {
        return put(name, Rounding.to(value, digits));
    }
}
