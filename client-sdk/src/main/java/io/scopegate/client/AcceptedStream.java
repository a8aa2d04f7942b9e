package io.scopegate.client;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings with which the server accepted a stream. Credits and model may change later: see {@link
 * FrameStream#credits()} and {@link FrameStream#model()}.
 *
 * @param streamId identifies the stream in the server's logs
 * @param deliveryPolicy never {@link DeliveryPolicy#SERVER_DEFAULT}, from a server that follows the contract
 * @param ageBudget empty means no limit
 * @param credits how many frames may be unanswered at once
 * @param limits the largest messages and pictures that the server accepts
 * @param server name and version of the server program
 */
public record AcceptedStream(
        String streamId,
        ServedModel model,
        DeliveryPolicy deliveryPolicy,
        Optional<Duration> ageBudget,
        int credits,
        Smoothing smoothing,
        FrozenPictureDetection frozenPictureDetection,
        StreamLimits limits,
        String server) {}
