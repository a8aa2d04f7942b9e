package io.scopegate.trainer.sampledata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A recording whose frames are rendered on request, so that a long one needs no more memory than a short one. Immutable
 * and safe for any number of threads.
 */
public final class RenderedClip {
    /** Frames per second of scene time. */
    public static final int FRAMES_PER_SECOND = 25;

    private final long seed;
    private final int frames;
    private final FrameSize size;
    private final Noise noise;
    private final List<Shot> shots;

    /** One uninterrupted view of a scene. */
    private record Shot(int number, int start, SceneKind kind, Scene scene, Optics optics) {}

    private RenderedClip(long seed, int frames, FrameSize size, Noise noise) {
        if (frames < 1) {
            throw new IllegalArgumentException("frames: a clip has at least 1, got " + frames);
        }
        this.seed = seed;
        this.frames = frames;
        this.size = size;
        this.noise = noise;
        this.shots = shots();
    }

    static RenderedClip of(long seed, int frames, FrameSize size, Noise noise) {
        return new RenderedClip(seed, frames, size, noise);
    }

    private List<Shot> shots() {
        SplittableRandom lengths = FrameRenderer.random(seed, 0, 6);
        Optics tower = Optics.draw(FrameRenderer.random(seed, 0, 7), size.aspect());
        List<Shot> result = new ArrayList<>();
        int start = 0;
        for (int number = 0; start < frames; number++) {
            FrameLabel label = FrameLabel.values()[number % 2 == 0 ? 1 : 0];
            SceneKind kind = SceneKind.dealt(
                    candidate -> candidate.label() == label && candidate.isPartOfSurgery(), seed, number / 2);
            Scene scene = kind.make(FrameRenderer.random(seed, number, 8), noise);
            Lens lens = Lens.draw(FrameRenderer.random(seed, number, 9));
            result.add(new Shot(number, start, kind, scene, tower.refocused(lens)));
            start += lengths.nextInt(FRAMES_PER_SECOND, 2 * FRAMES_PER_SECOND + 1);
        }
        return List.copyOf(result);
    }

    /** Returns the number of frames. */
    public int size() {
        return frames;
    }

    /**
     * Renders one frame.
     *
     * @throws IndexOutOfBoundsException for an index outside 0 to size() - 1
     */
    public RenderedFrame frame(int index) {
        if (index < 0 || index >= frames) {
            throw new IndexOutOfBoundsException("frame %d of a clip of %d frames".formatted(index, frames));
        }
        Shot shot = shotAt(index);
        View view = View.drifting(
                FrameRenderer.random(seed, shot.number(), 10), (index - shot.start()) / (double) FRAMES_PER_SECOND);
        String group = String.format(
                Locale.ROOT,
                "%s%s-clip%d-shot%03d",
                FrameRenderer.GROUP_PREFIX,
                shot.kind().text(),
                seed,
                shot.number());
        return new RenderedFrame(
                shot.optics().withGrain(index).film(shot.scene(), view, size, noise),
                shot.kind().label(),
                shot.kind().text(),
                group);
    }

    private Shot shotAt(int index) {
        Shot found = shots.getFirst();
        for (Shot shot : shots) {
            if (shot.start() <= index) {
                found = shot;
            }
        }
        return found;
    }
}
