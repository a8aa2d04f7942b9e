package io.scopegate.cli.report;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Puts figures into a JSON object. A figure that could not be measured is null: JSON has no not-a-number, and a
 * program that compares a text in its place may take it for larger than any number.
 *
 * @param node object that gets them
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

    /** Puts a figure with this many digits after the point. */
    public JsonFigures put(String name, double value, int digits) {
        return put(name, Rounding.to(value, digits));
    }
}
