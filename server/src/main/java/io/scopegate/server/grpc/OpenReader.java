package io.scopegate.server.grpc;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.proto.v1.StreamOpen;
import io.scopegate.server.admission.AgeBudget;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.admission.StreamTerms;
import java.util.regex.Pattern;

/** Reads the opening message of a stream: checks what the device asks for, and fills in the server's defaults. */
final class OpenReader {

    private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9._:-]{0,128}");
    private static final double HIGHEST_FRAME_RATE = 1000;
    private static final int LONGEST_PROGRAM = 128;

    private final ServiceSettings settings;

    OpenReader(ServiceSettings settings) {
        this.settings = settings;
    }

    /**
     * Reads the terms that the client asks for.
     *
     * @param model the model that it has selected
     */
    StreamTerms read(StreamOpen open, ChosenModel model) throws CallRefusedException {
        checkFrameRate(open.getFrameRate());
        return new StreamTerms(
                deviceId(open.getDeviceId()),
                open.hasFormat() ? format(open.getFormat()) : null,
                policy(open),
                open.hasAgeBudget()
                        ? new AgeBudget(WireTime.readPositive("open.age_budget", open.getAgeBudget()))
                        : AgeBudget.NONE,
                model.selection(),
                open.hasInBodyThreshold() ? threshold(open.getInBodyThreshold()) : null,
                settings.frameLimits());
    }

    static String deviceId(String wire) throws CallRefusedException {
        if (!DEVICE_ID.matcher(wire).matches()) {
            throw CallRefusedException.breach("device_id", "at most 128 characters of [A-Za-z0-9._:-]", wire);
        }
        return wire;
    }

    /** Returns the client's program and version for the log, cut to 128 characters. */
    static String program(StreamOpen open) {
        String program = open.getClient();
        return program.isEmpty()
                ? "program not stated"
                : program.substring(0, Math.min(program.length(), LONGEST_PROGRAM));
    }

    private static void checkFrameRate(double rate) throws CallRefusedException {
        if (!(rate >= 0 && rate <= HIGHEST_FRAME_RATE)) {
            throw CallRefusedException.breach("open.frame_rate", "0 to " + HIGHEST_FRAME_RATE, rate);
        }
    }

    private FrameFormat format(io.scopegate.proto.v1.FrameFormat wire) throws CallRefusedException {
        FrameFormat format;
        try {
            format = FormatReader.read(wire);
        } catch (FrameRejectedException e) {
            throw CallRefusedException.breach(
                    "open." + e.rejection().field(),
                    e.rejection().limit(),
                    e.rejection().value());
        }
        checkSide("open.format.width", format.width(), format);
        checkSide("open.format.height", format.height(), format);
        return format;
    }

    private void checkSide(String field, int side, FrameFormat format) throws CallRefusedException {
        int least = format.pixelFormat().encoded() ? 0 : 1;
        if (side < least || side > settings.maxDimension()) {
            throw CallRefusedException.breach(field, least + " to " + settings.maxDimension(), side);
        }
    }

    private DeliveryPolicy policy(StreamOpen open) throws CallRefusedException {
        return switch (open.getDeliveryPolicy()) {
            case DELIVERY_POLICY_UNSPECIFIED -> settings.defaultPolicy();
            case DELIVERY_POLICY_LATEST_WINS -> DeliveryPolicy.LATEST_WINS;
            case DELIVERY_POLICY_BLOCK -> DeliveryPolicy.BLOCK;
            case DELIVERY_POLICY_REJECT_NEWEST -> DeliveryPolicy.REJECT_NEWEST;
            case UNRECOGNIZED ->
                throw CallRefusedException.breach(
                        "open.delivery_policy", "a DeliveryPolicy of the contract", open.getDeliveryPolicyValue());
        };
    }

    /**
     * A threshold below the model's is accepted, too. The model's counts then, and the next version may have a higher
     * one.
     */
    private static double threshold(double wire) throws CallRefusedException {
        if (!(wire >= 0 && wire <= 1)) {
            throw CallRefusedException.breach("open.in_body_threshold", "0 to 1", wire);
        }
        return wire;
    }
}
