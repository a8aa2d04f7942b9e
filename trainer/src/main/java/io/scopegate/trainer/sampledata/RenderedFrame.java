package io.scopegate.trainer.sampledata;

import java.awt.image.BufferedImage;

/**
 * A frame of known class.
 *
 * @param image {@link BufferedImage#TYPE_INT_RGB}; the receiver owns it
 * @param label its class
 * @param scene kind of scene, for instance {@code close-drape}
 * @param group frames of one group resemble each other or follow each other and belong into the same part of a split
 */
public record RenderedFrame(BufferedImage image, FrameLabel label, String scene, String group) {}
