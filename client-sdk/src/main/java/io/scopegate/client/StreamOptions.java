package io.scopegate.client;

import io.scopegate.proto.v1.StreamOpen;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** What a device is, what it will send, and what it wants to be done with it. Immutable; may open many streams. */
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
     * Options that leave everything else to the server.
     *
     * @param deviceId who sends, for logs and the audit log: 1 to 128 characters of {@code [A-Za-z0-9._:-]}
     * @param format of all frames that do not carry one of their own
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

    /** Collects the options. Not for use by several threads at once. */
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
                        "deviceId is \"" + deviceId + "\", 1 to 128 characters of [A-Za-z0-9._:-]");
            }
            message.setDeviceId(deviceId).setFormat(FormatWriter.write(format));
        }

        /** Frames a second that the device means to send; unset means unknown. */
        public Builder frameRate(double framesPerSecond) {
            if (!(framesPerSecond > 0) || Double.isInfinite(framesPerSecond)) {
                throw new IllegalArgumentException("framesPerSecond is " + framesPerSecond + ", more than 0");
            }
            message.setFrameRate(framesPerSecond);
            return this;
        }

        /** What to do with frames for which there is no time. */
        public Builder deliveryPolicy(DeliveryPolicy policy) {
            message.setDeliveryPolicy(PolicyMapping.write(Objects.requireNonNull(policy, "policy")));
            return this;
        }

        /**
         * How old a frame may be, counted from its capture time, before it is answered {@link Outcome#EXPIRED}; unset
         * means no limit.
         *
         * @throws IllegalArgumentException if it is not above 0, or over a day
         */
        public Builder ageBudget(Duration budget) {
            Objects.requireNonNull(budget, "budget");
            if (budget.isNegative() || budget.isZero()) {
                throw new IllegalArgumentException("budget is " + budget + ", more than 0");
            }
            requireAtMostADay("budget", budget);
            message.setAgeBudget(ProtoTime.duration(budget));
            return this;
        }

        /** Unset means the server's default model. */
        public Builder model(ModelSelection model) {
            message.setModel(Objects.requireNonNull(model, "model").message());
            return this;
        }

        /**
         * Unset means the server's default.
         *
         * @throws IllegalArgumentException if its time is over a day
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
         * Unset means the server's default.
         *
         * @throws IllegalArgumentException if its time is over a day
         */
        public Builder frozenPictureDetection(FrozenPictureDetection detection) {
            Objects.requireNonNull(detection, "detection");
            if (detection instanceof FrozenPictureDetection.After after) {
                requireAtMostADay("detection.time", after.time());
            }
            message.setFrozenPictureDetection(PolicyMapping.write(detection));
            return this;
        }

        /** The lowest in-body probability that may be answered in body, 0 to 1; the stricter of this and the model's counts. */
        public Builder inBodyThreshold(double lowestProbability) {
            if (!(lowestProbability >= 0 && lowestProbability <= 1)) {
                throw new IllegalArgumentException("lowestProbability is " + lowestProbability + ", 0 to 1");
            }
            message.setInBodyThreshold(lowestProbability);
            return this;
        }

        /**
         * Gives all answers to this callback, in order, on one thread that belongs to the stream. Without it, answers
         * are read with {@link FrameStream#next()} or {@link FrameStream#answers()}; with it, those refuse to work.
         *
         * <p>A callback that blocks holds up the answers after it and, since an answer that has not been given out
         * still holds its frame's credit, in time the sending of frames. An exception that a callback throws goes to
         * its thread's uncaught-exception handler, and the stream goes on, whatever that handler does.
         */
        public Builder onAnswer(Consumer<FrameAnswer> callback) {
            this.onAnswer = Optional.of(Objects.requireNonNull(callback, "callback"));
            return this;
        }

        /** Hears of what happens besides answers. */
        public Builder listener(StreamListener streamListener) {
            this.listener = Objects.requireNonNull(streamListener, "streamListener");
            return this;
        }

        /** Every server refuses a longer one, whatever its own limits are. */
        private static void requireAtMostADay(String name, Duration time) {
            if (time.compareTo(A_DAY) > 0) {
                throw new IllegalArgumentException(name + ": at most " + A_DAY + ", not " + time);
            }
        }

        /** The options as set so far. */
        public StreamOptions build() {
            return new StreamOptions(this);
        }
    }
}
