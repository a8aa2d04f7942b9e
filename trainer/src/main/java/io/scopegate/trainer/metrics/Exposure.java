package io.scopegate.trainer.metrics;

import io.scopegate.trainer.dataset.Label;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** For how long recordings would have shown out-of-body frames as in body, or the reason why that is not known. */
public sealed interface Exposure {

    /**
     * Durations summed over all recordings.
     *
     * @param exposedSeconds time that is out of body and was answered in body
     * @param outOfBodySeconds time that is out of body, whatever was answered
     * @param seconds all time, over 0
     */
    record Known(double exposedSeconds, double outOfBodySeconds, double seconds) implements Exposure {

        private static final Known NONE = new Known(0, 0, 0);
        private static final double SECONDS_PER_HOUR = 3600;

        /** Seconds of exposure per hour of recording. */
        public double secondsPerHour() {
            return exposedSeconds / seconds * SECONDS_PER_HOUR;
        }

        private Known plus(Known other) {
            return new Known(
                    exposedSeconds + other.exposedSeconds,
                    outOfBodySeconds + other.outOfBodySeconds,
                    seconds + other.seconds);
        }
    }

    /** No exposure is known, for the given reason. */
    record Absent(String reason) implements Exposure {}

    /**
     * One frame of a recording.
     *
     * @param recording the recording that the frame belongs to, if it is stated
     * @param seconds time since the start of the recording
     * @param shown the truth
     * @param answered the verdict, which holds until the next frame
     */
    record Moment(Optional<String> recording, double seconds, Label shown, Label answered) {}

    /**
     * Computes the exposure of these frames, which may be in any order. A frame's verdict holds until the next frame of
     * its recording, the last one's for the median gap between frames. The result is absent if no time is known, if a
     * frame's recording is not stated, or if a group has two frames at the same time and so is not a single recording:
     * recordings mistaken for one would hide each other's exposure.
     */
    static Exposure of(List<Moment> moments) {
        if (moments.isEmpty()) {
            return new Absent("the times of the frames are not known");
        }
        if (moments.stream().anyMatch(moment -> moment.recording.isEmpty())) {
            return new Absent("the recordings of the frames are not known: they have times, but no group");
        }
        Map<String, List<Moment>> recordings = moments.stream()
                .sorted(Comparator.comparingDouble(Moment::seconds))
                .collect(Collectors.groupingBy(
                        moment -> moment.recording.orElseThrow(), TreeMap::new, Collectors.toList()));
        return recordings.entrySet().stream()
                .flatMap(recording -> severalAtOnce(recording.getKey(), recording.getValue()).stream())
                .<Exposure>map(Absent::new)
                .findFirst()
                .orElseGet(() -> ofRecordings(recordings));
    }

    /** Returns the seconds of exposure per hour of recording, or empty if they are not known. */
    default Optional<Double> perHour() {
        return switch (this) {
            case Known known -> Optional.of(known.secondsPerHour());
            case Absent _ -> Optional.empty();
        };
    }

    private static Optional<String> severalAtOnce(String group, List<Moment> ordered) {
        for (int k = 0; k + 1 < ordered.size(); k++) {
            double seconds = ordered.get(k).seconds;
            if (seconds == ordered.get(k + 1).seconds) {
                return Optional.of("the group %s is not a single recording: it has several frames at %s s"
                        .formatted(group, seconds));
            }
        }
        return Optional.empty();
    }

    private static Exposure ofRecordings(Map<String, List<Moment>> recordings) {
        Known sum = recordings.values().stream().map(Exposure::ofRecording).reduce(Known.NONE, Known::plus);
        return sum.seconds > 0 ? sum : new Absent("no group has two frames with known times");
    }

    private static Known ofRecording(List<Moment> ordered) {
        Known sum = Known.NONE;
        for (int k = 0; k + 1 < ordered.size(); k++) {
            sum = sum.plus(of(ordered.get(k), ordered.get(k + 1).seconds - ordered.get(k).seconds));
        }
        return sum.plus(of(ordered.getLast(), medianGap(ordered)));
    }

    private static Known of(Moment moment, double seconds) {
        boolean outOfBody = moment.shown == Label.OUT_OF_BODY;
        boolean exposed = outOfBody && moment.answered == Label.IN_BODY;
        return new Known(exposed ? seconds : 0, outOfBody ? seconds : 0, seconds);
    }

    private static double medianGap(List<Moment> ordered) {
        double[] gaps = new double[ordered.size() - 1];
        for (int k = 0; k < gaps.length; k++) {
            gaps[k] = ordered.get(k + 1).seconds - ordered.get(k).seconds;
        }
        Arrays.sort(gaps);
        return gaps.length == 0 ? 0 : (gaps[gaps.length / 2] + gaps[(gaps.length - 1) / 2]) / 2;
    }
}
