package io.scopegate.server.grpc;

import io.scopegate.proto.v1.ClockReply;
import io.scopegate.proto.v1.DeliveryPolicy;
import io.scopegate.proto.v1.StreamAccepted;
import io.scopegate.server.admission.StreamTerms;
import io.scopegate.server.frame.ModelIdentity;
import org.jspecify.annotations.Nullable;

/** Writes the {@code StreamAccepted} message, which tells the client what was negotiated for its stream. */
final class AcceptedWriter {

    private final ServiceSettings settings;
    private final ServerVersion server;

    AcceptedWriter(ServiceSettings settings, ServerVersion server) {
        this.settings = settings;
        this.server = server;
    }

    StreamAccepted write(
            String streamId,
            NegotiatedTerms negotiated,
            @Nullable ModelIdentity model,
            @Nullable ClockReply clockReply) {
        StreamTerms terms = negotiated.terms();
        StreamAccepted.Builder accepted = StreamAccepted.newBuilder()
                .setStreamId(streamId)
                .setDeliveryPolicy(policy(terms))
                .setCredits(terms.credits())
                .setSmoothing(VerdictPolicies.writeSmoothing(negotiated.verdicts()))
                .setFrozenPictureDetection(VerdictPolicies.writeFrozen(negotiated.verdicts()))
                .setMaxMessageBytes(settings.maxMessageBytes())
                .setMaxDimension(settings.maxDimension())
                .setServer(server.text());
        if (model != null) {
            accepted.setModel(AnswerWriter.model(model))
                    .addAllLabels(model.labels())
                    .setInBodyThreshold(terms.threshold(model));
        }
        if (terms.ageBudget().limit() != null) {
            accepted.setAgeBudget(WireTime.write(terms.ageBudget().limit()));
        }
        if (clockReply != null) {
            accepted.setClockReply(clockReply);
        }
        return accepted.build();
    }

    private static DeliveryPolicy policy(StreamTerms terms) {
        return switch (terms.policy()) {
            case LATEST_WINS -> DeliveryPolicy.DELIVERY_POLICY_LATEST_WINS;
            case BLOCK -> DeliveryPolicy.DELIVERY_POLICY_BLOCK;
            case REJECT_NEWEST -> DeliveryPolicy.DELIVERY_POLICY_REJECT_NEWEST;
        };
    }
}
