package io.scopegate.server.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameOutcome.Superseded;
import io.scopegate.server.frame.FrameVerdict;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.frame.PictureContent;
import io.scopegate.server.frame.PictureContent.Kind;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gives a stream the outcomes of its frames. Unless a test says otherwise, each frame shows another picture. */
class StreamVerdictTest {

    private static final VerdictPolicy THREE_FRAMES = new VerdictPolicy(3, Duration.ZERO, null);
    private static final VerdictPolicy HUNDRED_MILLIS = new VerdictPolicy(0, Duration.ofMillis(100), null);
    private static final VerdictPolicy FROZEN_AFTER_TWO_SECONDS =
            new VerdictPolicy(0, Duration.ZERO, Duration.ofSeconds(2));

    private final ManualClock clock = new ManualClock();
    private long frames;
    private int pictures;

    @Test
    void inBodyIsEarnedByConsecutiveFrames() {
        StreamVerdict stream = new StreamVerdict(THREE_FRAMES);

        assertThat(next(stream, inBody())).isEqualTo(FrameVerdict.outOfBody(true, Reason.SMOOTHING));
        assertThat(next(stream, inBody())).isEqualTo(FrameVerdict.outOfBody(true, Reason.SMOOTHING));
        assertThat(next(stream, inBody())).isEqualTo(new FrameVerdict(true, true, Reason.MODEL));
        assertThat(next(stream, inBody()).inBody()).isTrue();
    }

    @Test
    void inBodyIsEarnedByTimeAtTheThreshold() {
        StreamVerdict stream = new StreamVerdict(HUNDRED_MILLIS);

        assertThat(next(stream, inBody()).inBody()).isFalse();
        clock.advance(Duration.ofMillis(50));
        assertThat(next(stream, inBody()).inBody()).isFalse();
        clock.advance(Duration.ofMillis(49));
        assertThat(next(stream, inBody()).inBody()).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(next(stream, inBody()).inBody()).isTrue();
    }

    @Test
    void aPauseWithoutFramesEarnsNoMoreThanHalf() {
        StreamVerdict stream = new StreamVerdict(HUNDRED_MILLIS);

        next(stream, inBody());
        clock.advance(Duration.ofSeconds(2));
        assertThat(next(stream, inBody())).isEqualTo(FrameVerdict.outOfBody(true, Reason.SMOOTHING));
        clock.advance(Duration.ofMillis(49));
        assertThat(next(stream, inBody()).inBody()).isFalse();
        clock.advance(Duration.ofMillis(1));

        assertThat(next(stream, inBody()).inBody()).isTrue();
    }

    @Test
    void afterAGapInBodyIsEarnedAgain() {
        StreamVerdict stream = new StreamVerdict(THREE_FRAMES);
        for (int i = 0; i < 3; i++) {
            next(stream, inBody());
        }

        clock.advance(Duration.ofSeconds(2));
        assertThat(next(stream, inBody()).inBody()).isTrue();
        clock.advance(Duration.ofSeconds(2).plusNanos(1));
        assertThat(next(stream, inBody())).isEqualTo(FrameVerdict.outOfBody(true, Reason.SMOOTHING));
        assertThat(next(stream, inBody()).inBody()).isFalse();
        assertThat(next(stream, inBody()).inBody()).isTrue();
    }

    @Test
    void aSlowStreamEarnsInBodyToo() {
        StreamVerdict stream = new StreamVerdict(HUNDRED_MILLIS);

        next(stream, inBody());
        clock.advance(Duration.ofMillis(200));
        next(stream, inBody());
        clock.advance(Duration.ofMillis(200));

        assertThat(next(stream, inBody()).inBody()).isTrue();
    }

    @Test
    void oneFrameOutOfBodyIsOutAtOnceAndInHasToBeEarnedAgain() {
        StreamVerdict stream = earned();

        assertThat(next(stream, outOfBody())).isEqualTo(FrameVerdict.outOfBody(false, Reason.MODEL));
        assertThat(next(stream, inBody()).reason()).isEqualTo(Reason.SMOOTHING);
        assertThat(next(stream, outOfBody()).inBody()).isFalse();
        assertThat(next(stream, inBody()).inBody()).isFalse();
        assertThat(next(stream, inBody()).inBody()).isFalse();
        assertThat(next(stream, inBody()).inBody()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"INFERENCE_FAILED", "NO_MODEL", "NON_FINITE_OUTPUT", "INTERNAL"})
    void aFrameThatCouldNotBeJudgedIsOutAtOnce(Reason reason) {
        StreamVerdict stream = earned();

        assertThat(next(stream, new Failed(reason, "for a test"))).isEqualTo(FrameVerdict.outOfBody(false, reason));
        assertThat(next(stream, inBody()).inBody()).isFalse();
    }

    @Test
    void supersededFrameIsOutOfBodyAndDoesNotResetSmoothing() {
        StreamVerdict stream = earned();

        assertThat(next(stream, new Superseded(9))).isEqualTo(FrameVerdict.outOfBody(false, Reason.SUPERSEDED));
        assertThat(next(stream, inBody()).inBody()).isTrue();
    }

    @Test
    void replacedFramesDoNotEarnInBody() {
        StreamVerdict stream = new StreamVerdict(THREE_FRAMES);

        next(stream, inBody());
        next(stream, new Superseded(9));
        next(stream, new Superseded(9));

        assertThat(next(stream, inBody()).inBody()).isFalse();
        assertThat(next(stream, inBody()).inBody()).isTrue();
    }

    @Test
    void blackAndSingleColourPicturesAreOutOfBodyWhateverTheModelSays() {
        StreamVerdict stream = new StreamVerdict(VerdictPolicy.SINGLE_FRAME);

        assertThat(next(stream, inBody(), new PictureContent(Kind.BLACK, 0)))
                .isEqualTo(FrameVerdict.outOfBody(false, Reason.BLACK_PICTURE));
        assertThat(next(stream, inBody(), new PictureContent(Kind.SINGLE_COLOR, 0)))
                .isEqualTo(FrameVerdict.outOfBody(false, Reason.SINGLE_COLOR_PICTURE));
    }

    @Test
    void aPictureThatNobodyLookedAtIsOutOfBody() {
        StreamVerdict stream = new StreamVerdict(VerdictPolicy.SINGLE_FRAME);

        assertThat(stream.next(Frames.header(1, null, clock), inBody(), null).inBody())
                .isFalse();
    }

    @Test
    void aPictureThatStaysTheSameIsFrozenUntilAnotherComes() {
        StreamVerdict stream = new StreamVerdict(FROZEN_AFTER_TWO_SECONDS);
        PictureContent same = new PictureContent(Kind.PICTURE, 7);

        assertThat(next(stream, inBody(), same).inBody()).isTrue();
        clock.advance(Duration.ofMillis(1999));
        assertThat(next(stream, inBody(), same).inBody()).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(next(stream, inBody(), same)).isEqualTo(FrameVerdict.outOfBody(true, Reason.FROZEN_PICTURE));
        assertThat(next(stream, inBody(), new PictureContent(Kind.PICTURE, 8)).inBody())
                .isTrue();
    }

    @Test
    void withoutDetectionPicturesMayRepeat() {
        StreamVerdict stream = new StreamVerdict(VerdictPolicy.SINGLE_FRAME);
        PictureContent same = new PictureContent(Kind.PICTURE, 0);

        next(stream, inBody(), same);
        clock.advance(Duration.ofHours(1));

        assertThat(next(stream, inBody(), same).inBody()).isTrue();
    }

    @Property
    void smoothingOnlyEverTakesInBodyAway(
            @ForAll @Size(max = 100) List<@IntRange(max = 3) Integer> kinds,
            @ForAll @IntRange(max = 5) int framesToInBody,
            @ForAll @IntRange(max = 200) int millisToInBody) {
        StreamVerdict smooth =
                new StreamVerdict(new VerdictPolicy(framesToInBody, Duration.ofMillis(millisToInBody), null));
        StreamVerdict plain = new StreamVerdict(VerdictPolicy.SINGLE_FRAME);

        for (int kind : kinds) {
            clock.advance(Duration.ofMillis(33));
            FrameOutcome outcome = List.of(
                            inBody(), outOfBody(), new Superseded(1), new Failed(Reason.INTERNAL, "for a test"))
                    .get(kind);
            FrameVerdict alone = next(plain, outcome);
            FrameVerdict smoothed = next(smooth, outcome);
            assertThat(smoothed.rawInBody()).isEqualTo(alone.inBody());
            assertThat(smoothed.inBody() && !alone.inBody()).isFalse();
        }
    }

    private StreamVerdict earned() {
        StreamVerdict stream = new StreamVerdict(THREE_FRAMES);
        next(stream, inBody());
        next(stream, inBody());
        assertThat(next(stream, inBody()).inBody()).isTrue();
        return stream;
    }

    private FrameVerdict next(StreamVerdict stream, FrameOutcome outcome) {
        return next(stream, outcome, new PictureContent(Kind.PICTURE, ++pictures));
    }

    private FrameVerdict next(StreamVerdict stream, FrameOutcome outcome, PictureContent content) {
        return stream.next(Frames.header(++frames, null, clock), outcome, content);
    }

    private static Classified inBody() {
        return classified(0.9);
    }

    private static Classified outOfBody() {
        return classified(0.1);
    }

    private static Classified classified(double inBody) {
        ModelIdentity model = new ModelIdentity("m", 1, "sha256:0", List.of("inbody", "outbody"), 0.5);
        return new Classified(model, List.of(inBody, 1 - inBody), inBody > 0.5 ? 0 : 1, inBody > 0.5);
    }
}
