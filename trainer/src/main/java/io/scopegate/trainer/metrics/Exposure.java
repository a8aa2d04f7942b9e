package io.scopegate.trainer.metrics;

import io.scopegate.trainer.dataset.Label;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * For how long recordings would have shown what is out of body as in body.
 *
 * @param exposedSeconds out of body, answered in body
 * @param outOfBodySeconds out of body, whatever was answered
 * @param seconds all that is known of
 */
public record Exposure(double exposedSeconds, double outOfBodySeconds, double seconds) {

    private static final Exposure NONE = new Exposure(0, 0, 0);
    private static final double SECONDS_PER_HOUR = 3600;

    /**
     * One frame of a recording.
     *
     * @param group its recording
     * @param seconds since the recording's begin
     * @param shown the truth
     * @param answered the verdict, which stands until the next frame
     */
    public record Moment(String group, double seconds, Label shown, Label answered) {}

    /** Of these frames, in any order. Each stands until the next of its recording; the last for the median gap. */
    public static Exposure of(List<Moment> moments) {
        Map<String, List<Moment>> recordings = moments.stream()
                .sorted(Comparator.comparingDouble(Moment::seconds))
                .collect(Collectors.groupingBy(Moment::group));
        return recordings.values().stream().map(Exposure::ofRecording).reduce(NONE, Exposure::plus);
    }

    /** Seconds of exposure in an hour of recording; empty if no two frames of a recording have different times. */
    public Optional<Double> secondsPerHour() {
        return seconds > 0 ? Optional.of(exposedSeconds / seconds * SECONDS_PER_HOUR) : Optional.empty();
    }

    private static Exposure ofRecording(List<Moment> ordered) {
        Exposure sum = NONE;
        for (int k = 0; k + 1 < ordered.size(); k++) {
            sum = sum.plus(of(ordered.get(k), ordered.get(k + 1).seconds - ordered.get(k).seconds));
        }
        return sum.plus(of(ordered.getLast(), medianGap(ordered)));
    }

    private static Exposure of(Moment moment, double seconds) {
        boolean outOfBody = moment.shown == Label.OUT_OF_BODY;
        boolean exposed = outOfBody && moment.answered == Label.IN_BODY;
        return new Exposure(exposed ? seconds : 0, outOfBody ? seconds : 0, seconds);
    }

    private static double medianGap(List<Moment> ordered) {
        double[] gaps = new double[ordered.size() - 1];
        for (int k = 0; k < gaps.length; k++) {
            gaps[k] = ordered.get(k + 1).seconds - ordered.get(k).seconds;
        }
        Arrays.sort(gaps);
        return gaps.length == 0 ? 0 : (gaps[gaps.length / 2] + gaps[(gaps.length - 1) / 2]) / 2;
    }

    private Exposure plus(Exposure other) {
        return new Exposure(
                exposedSeconds + other.exposedSeconds,
                outOfBodySeconds + other.outOfBodySeconds,
                seconds + other.seconds);
    }
}
