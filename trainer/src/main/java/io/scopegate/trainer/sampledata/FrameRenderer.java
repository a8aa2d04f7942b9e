package io.scopegate.trainer.sampledata;

import java.util.SplittableRandom;

/**
 * Renders artificial endoscope frames. The same seed, index and size give the same pixels on the same JDK.
 *
 * <p>Each frame can be rendered on its own, in any order; even indexes are in body, odd ones out of body. Immutable and
 * safe for any number of threads. Creating a renderer takes about a tenth of a second of work, so create one and share
 * it.
 */
public final class FrameRenderer {
    /**
     * The prefix of the groups of all rendered frames. In the groups of single frames, seed and kind of scene follow.
     */
    public static final String GROUP_PREFIX = "rendered-";

    /** The sizes that frames of varied aspect ratio are drawn from; half of them are 16:9, as video towers have it. */
    private static final FrameSize[] SIZES = {
        FrameSize.STANDARD,
        FrameSize.STANDARD,
        FrameSize.STANDARD,
        new FrameSize(480, 360),
        new FrameSize(450, 360),
        new FrameSize(360, 360)
    };

    private final Noise noise = new Noise();

    /** Renders a frame of {@link FrameSize#STANDARD} size. */
    public RenderedFrame render(long seed, int index) {
        return render(seed, index, FrameSize.STANDARD);
    }

    /**
     * Renders a frame 360 pixels high. Its aspect ratio is drawn from 16:9, 4:3, 5:4 and 1:1, with the same
     * probabilities for both classes.
     */
    public RenderedFrame renderVaried(long seed, int index) {
        int draw = random(seed, index, 5).nextInt(SIZES.length);
        return render(seed, index, SIZES[draw]);
    }

    /**
     * Renders one frame.
     *
     * @param seed chooses the whole set
     * @param index position in the set, 0 or more
     * @param size of the frame
     * @throws IllegalArgumentException for a negative index
     */
    public RenderedFrame render(long seed, int index, FrameSize size) {
        if (index < 0) {
            throw new IllegalArgumentException("index: 0 or more, got " + index);
        }
        FrameLabel label = FrameLabel.values()[index % 2];
        SceneKind kind = SceneKind.dealt(label, seed, index / 2);
        Scene scene = kind.make(random(seed, index, 3), noise);
        SplittableRandom camera = random(seed, index, 4);
        Optics optics = Optics.draw(camera, size.aspect());
        double near = camera.nextInt(4) == 0 ? camera.nextDouble(1, 2.2) : camera.nextDouble(0.8, 1.2);
        View view = new View(camera.nextDouble(-0.1, 0.1), camera.nextDouble(-0.1, 0.1), near, roll(kind, camera), 0);
        String group = GROUP_PREFIX + seed + "-" + kind.text();
        return new RenderedFrame(optics.film(scene, view, size, noise), label, kind.text(), group);
    }

    /**
     * Returns a recording at 25 frames per second that enters or leaves the patient every one to two seconds. All
     * frames show the same scope and tower.
     *
     * @param seed chooses the recording
     * @param frames how many frames it has, 1 or more
     * @param size of every frame
     */
    public RenderedClip clip(long seed, int frames, FrameSize size) {
        return RenderedClip.of(seed, frames, size, noise);
    }

    /**
     * Returns the camera's roll: any angle inside the patient, but usually nearly upright outside, where a room is
     * seen.
     */
    private static double roll(SceneKind kind, SplittableRandom camera) {
        boolean any = kind.label() == FrameLabel.INBODY || camera.nextInt(3) == 0;
        return any ? camera.nextDouble(-Math.PI, Math.PI) : camera.nextDouble(-0.25, 0.25);
    }

    /**
     * Returns a random generator that depends on seed, index and purpose alone, so that the draws for different
     * purposes are independent.
     */
    static SplittableRandom random(long seed, int index, int purpose) {
        long mixed = new SplittableRandom(seed * 31 + purpose).nextLong() + index * 0x9e3779b97f4a7c15L;
        return new SplittableRandom(mixed).split();
    }
}
