package io.scopegate.client;

import java.time.Duration;
import java.util.Optional;

/**
 * What the server has settled on when it accepted a stream. Credits and model may change later: see {@link
 * FrameStream#credits()} and {@link FrameStream#model()}.
 *
 * @param streamId names the stream in the server's logs
 * @param deliveryPolicy never {@link DeliveryPolicy#SERVER_DEFAULT} from a server that keeps the contract
 * @param ageBudget empty means no limit
 * @param credits how many frames may be unanswered at once
 * @param limits what the server takes
 * @param server program and version
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
