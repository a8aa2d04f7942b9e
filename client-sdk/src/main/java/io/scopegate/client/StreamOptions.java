package io.scopegate.client;

import io.scopegate.proto.v1.StreamOpen;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Identifies a device, describes the frames it will send, and says how they are to be handled. Immutable; may be used
 * to open many streams.
 */
public final class StreamOptions {
    private final StreamOpen message;
    private final Optional<Consumer<FrameAnswer>> onAnswer;
    private final StreamListener listener;

    private StreamOptions(Builder builder) {
        this.message = builder.message.build();
        this.onAnswer = builder.onAnswer;
        this.listener = builder.listener;
    }

    /**
     * Starts from the server's defaults for everything else.
     *
     * @param deviceId identifies the device in the server's log and audit log: 1 to 128 characters of {@code
     *     [A-Za-z0-9._:-]}
     * @param format the format of every frame that does not carry its own
     */
    public static Builder of(String deviceId, FrameFormat format) {
        return new Builder(deviceId, format);
    }

    StreamOpen message() {
        return message;
    }

    Optional<Consumer<FrameAnswer>> onAnswer() {
        return onAnswer;
    }

    StreamListener listener() {
        return listener;
    }

    /** Collects the options. Not thread-safe. */
    public static final class Builder {
        private static final Duration A_DAY = Duration.ofDays(1);

        private final StreamOpen.Builder message = StreamOpen.newBuilder();
        private Optional<Consumer<FrameAnswer>> onAnswer = Optional.empty();
        private StreamListener listener = new StreamListener() {};

        private Builder(String deviceId, FrameFormat format) {
            Objects.requireNonNull(deviceId, "deviceId");
            Objects.requireNonNull(format, "format");
            if (!deviceId.matches("[A-Za-z0-9._:-]{1,128}")) {
                throw new IllegalArgumentException(
                        "deviceId must be 1 to 128 characters of [A-Za-z0-9._:-], got \"" + deviceId + '"');
            }
            message.setDeviceId(deviceId).setFormat(FormatWriter.write(format));
        }

        /** The intended frame rate in frames per second; unset means unknown. */
        public Builder frameRate(double framesPerSecond) {
            if (!(framesPerSecond > 0) || Double.isInfinite(framesPerSecond)) {
                throw new IllegalArgumentException("framesPerSecond must be greater than 0, got " + framesPerSecond);
            }
            message.setFrameRate(framesPerSecond);
            return this;
        }

        /** What the server does when frames arrive faster than it can classify them. */
        public Builder deliveryPolicy(DeliveryPolicy policy) {
            message.setDeliveryPolicy(PolicyMapping.write(Objects.requireNonNull(policy, "policy")));
            return this;
        }

        /**
         * The maximum age of a frame, counted from its capture time. A frame that exceeds it is answered {@link
         * Outcome#EXPIRED}. Unset means no limit.
         *
         * @throws IllegalArgumentException if it is not positive, or longer than a day
         */
        public Builder ageBudget(Duration budget) {
            Objects.requireNonNull(budget, "budget");
            if (budget.isNegative() || budget.isZero()) {
                throw new IllegalArgumentException("budget must be greater than 0, got " + budget);
            }
            requireAtMostADay("budget", budget);
            message.setAgeBudget(ProtoTime.duration(budget));
            return this;
        }

        /** The model to use; unset means the server's default model. */
        public Builder model(ModelSelection model) {
            message.setModel(Objects.requireNonNull(model, "model").message());
            return this;
        }

        /**
         * How the verdict is smoothed; unset means the server's default.
         *
         * @throws IllegalArgumentException if its time is longer than a day
         */
        public Builder smoothing(Smoothing smoothing) {
            Objects.requireNonNull(smoothing, "smoothing");
            if (smoothing instanceof Smoothing.BackToInBodyAfter after) {
                requireAtMostADay("smoothing.time", after.time());
            }
            message.setSmoothing(PolicyMapping.write(smoothing));
            return this;
        }

        /**
         * How frozen pictures are detected; unset means the server's default.
         *
         * @throws IllegalArgumentException if its time is longer than a day
         */
        public Builder frozenPictureDetection(FrozenPictureDetection detection) {
            Objects.requireNonNull(detection, "detection");
            if (detection instanceof FrozenPictureDetection.After after) {
                requireAtMostADay("detection.time", after.time());
            }
            message.setFrozenPictureDetection(PolicyMapping.write(detection));
            return this;
        }

        /**
         * The lowest in-body probability that may be answered in body, 0 to 1. The stricter of this and the model's own
         * threshold applies.
         */
        public Builder inBodyThreshold(double lowestProbability) {
            if (!(lowestProbability >= 0 && lowestProbability <= 1)) {
                throw new IllegalArgumentException("lowestProbability must be 0 to 1, got " + lowestProbability);
            }
            message.setInBodyThreshold(lowestProbability);
            return this;
        }

        /**
         * Delivers all answers to this callback, in order, on one thread that belongs to the stream. Without a
         * callback, read the answers with {@link FrameStream#next()} or {@link FrameStream#answers()}; with one, those
         * methods throw.
         *
         * <p>A callback that blocks delays the answers after it. Because an undelivered answer still holds its frame's
         * credit, it eventually stops the sending of frames as well. An exception thrown by the callback goes to its
         * thread's uncaught-exception handler; the stream goes on, whatever that handler does.
         */
        public Builder onAnswer(Consumer<FrameAnswer> callback) {
            this.onAnswer = Optional.of(Objects.requireNonNull(callback, "callback"));
            return this;
        }

        /** Is notified of everything other than answers. */
        public Builder listener(StreamListener streamListener) {
            this.listener = Objects.requireNonNull(streamListener, "streamListener");
            return this;
        }

        /** Refuses a longer time, as every server does whatever its own limits are. */
        private static void requireAtMostADay(String name, Duration time) {
            if (time.compareTo(A_DAY) > 0) {
                throw new IllegalArgumentException(name + ": at most " + A_DAY + ", not " + time);
            }
        }

        /** Builds the options as set so far. */
        public StreamOptions build() {
            return new StreamOptions(this);
        }
    }
}
