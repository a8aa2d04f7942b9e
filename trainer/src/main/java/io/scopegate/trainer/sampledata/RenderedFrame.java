package io.scopegate.trainer.sampledata;

import java.awt.image.BufferedImage;

/**
 * A rendered frame and its class.
 *
 * @param image {@link BufferedImage#TYPE_INT_RGB}; the receiver owns it
 * @param label its class
 * @param scene kind of scene, for instance {@code close-drape}
 * @param group frames of one group resemble or follow each other, so they belong in the same part of a split
 */
public record RenderedFrame(BufferedImage image, FrameLabel label, String scene, String group) {}
