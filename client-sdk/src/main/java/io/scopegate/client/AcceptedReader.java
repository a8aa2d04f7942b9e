package io.scopegate.client;

import io.scopegate.proto.v1.ModelChanged;
import io.scopegate.proto.v1.StreamAccepted;
import java.time.Duration;
import java.util.Optional;

/** Reads what the server states about a stream. */
final class AcceptedReader {
    private AcceptedReader() {}

    static AcceptedStream read(StreamAccepted accepted) {
        return new AcceptedStream(
                accepted.getStreamId(),
                model(accepted),
                PolicyMapping.read(accepted.getDeliveryPolicy()),
                ageBudget(accepted),
                credits(accepted.getCredits()),
                PolicyMapping.read(accepted.getSmoothing()),
                PolicyMapping.read(accepted.getFrozenPictureDetection()),
                new StreamLimits(accepted.getMaxMessageBytes(), accepted.getMaxDimension()),
                accepted.getServer());
    }

    static ServedModel read(ModelChanged changed) {
        Optional<ModelReference> reference =
                changed.hasModel() ? Optional.of(reference(changed.getModel())) : Optional.empty();
        return new ServedModel(reference, changed.getLabelsList(), changed.getInBodyThreshold());
    }

    static ModelReference reference(io.scopegate.proto.v1.ModelReference model) {
        return new ModelReference(model.getName(), model.getVersion(), model.getDigest());
    }

    /** Reads an unsigned number. One beyond what an int holds is no limit in practice. */
    static int credits(int unsignedCredits) {
        return unsignedCredits < 0 ? Integer.MAX_VALUE : unsignedCredits;
    }

    private static ServedModel model(StreamAccepted accepted) {
        Optional<ModelReference> reference =
                accepted.hasModel() ? Optional.of(reference(accepted.getModel())) : Optional.empty();
        return new ServedModel(reference, accepted.getLabelsList(), accepted.getInBodyThreshold());
    }

    private static Optional<Duration> ageBudget(StreamAccepted accepted) {
        return accepted.hasAgeBudget() ? Optional.of(ProtoTime.duration(accepted.getAgeBudget())) : Optional.empty();
    }
}
