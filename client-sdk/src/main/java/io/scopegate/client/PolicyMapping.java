package io.scopegate.client;

import java.time.Duration;

/** Converts delivery policy, smoothing and frozen-picture detection to messages of the contract and back. */
final class PolicyMapping {
    private PolicyMapping() {}

    static io.scopegate.proto.v1.DeliveryPolicy write(DeliveryPolicy policy) {
        return switch (policy) {
            case SERVER_DEFAULT -> io.scopegate.proto.v1.DeliveryPolicy.DELIVERY_POLICY_UNSPECIFIED;
            case LATEST_WINS -> io.scopegate.proto.v1.DeliveryPolicy.DELIVERY_POLICY_LATEST_WINS;
            case BLOCK -> io.scopegate.proto.v1.DeliveryPolicy.DELIVERY_POLICY_BLOCK;
            case REJECT_NEWEST -> io.scopegate.proto.v1.DeliveryPolicy.DELIVERY_POLICY_REJECT_NEWEST;
        };
    }

    static DeliveryPolicy read(io.scopegate.proto.v1.DeliveryPolicy policy) {
        return switch (policy) {
            case DELIVERY_POLICY_UNSPECIFIED, UNRECOGNIZED -> DeliveryPolicy.SERVER_DEFAULT;
            case DELIVERY_POLICY_LATEST_WINS -> DeliveryPolicy.LATEST_WINS;
            case DELIVERY_POLICY_BLOCK -> DeliveryPolicy.BLOCK;
            case DELIVERY_POLICY_REJECT_NEWEST -> DeliveryPolicy.REJECT_NEWEST;
        };
    }

    static io.scopegate.proto.v1.Smoothing write(Smoothing smoothing) {
        var message = io.scopegate.proto.v1.Smoothing.newBuilder();
        if (smoothing instanceof Smoothing.BackToInBodyAfter after) {
            message.setFramesToInBody(after.frames()).setTimeToInBody(ProtoTime.duration(after.time()));
        } else if (smoothing instanceof Smoothing.Off) {
            message.setDisabled(true);
        } else {
            throw unknown("smoothing", smoothing);
        }
        return message.build();
    }

    static Smoothing read(io.scopegate.proto.v1.Smoothing smoothing) {
        return smoothing.getDisabled()
                ? Smoothing.off()
                : Smoothing.backToInBodyAfter(
                        smoothing.getFramesToInBody(), ProtoTime.duration(smoothing.getTimeToInBody()));
    }

    static io.scopegate.proto.v1.FrozenPictureDetection write(FrozenPictureDetection detection) {
        var message = io.scopegate.proto.v1.FrozenPictureDetection.newBuilder();
        if (detection instanceof FrozenPictureDetection.After after) {
            message.setAfter(ProtoTime.duration(after.time()));
        } else if (detection instanceof FrozenPictureDetection.Off) {
            message.setDisabled(true);
        } else {
            throw unknown("detection", detection);
        }
        return message.build();
    }

    static FrozenPictureDetection read(io.scopegate.proto.v1.FrozenPictureDetection detection) {
        Duration after = ProtoTime.duration(detection.getAfter());
        return detection.getDisabled() ? FrozenPictureDetection.off() : FrozenPictureDetection.after(after);
    }

    /**
     * A protection is turned off only by a form that says so, not by null, nor by a form that this method does not
     * know.
     */
    private static IllegalArgumentException unknown(String name, Object form) {
        return new IllegalArgumentException(name + ": off or after a time, not " + form);
    }
}
