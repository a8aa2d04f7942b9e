package io.scopegate.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClockProbe;
import io.scopegate.proto.v1.Frame;
import io.scopegate.proto.v1.FrameFormat;
import io.scopegate.proto.v1.PixelFormat;
import io.scopegate.proto.v1.Plane;
import io.scopegate.proto.v1.RawPicture;
import io.scopegate.server.testing.Mutations;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.StreamClient;
import java.util.List;
import java.util.Random;

/** Makes damaged pictures, and damaged messages around them. */
final class FuzzSeeds {

    private static final List<byte[]> JPEGS = List.of(
            Pictures.jpeg(Pictures.spot(64, 48)),
            Pictures.jpeg(Pictures.spot(33, 17)),
            Pictures.jpeg(Pictures.spot(8, 8)));
    private static final List<byte[]> PNGS =
            List.of(Pictures.png(Pictures.spot(64, 48)), Pictures.png(Pictures.spot(9, 5)));
    private static final List<PixelFormat> RAW = List.of(
            PixelFormat.PIXEL_FORMAT_RGB8,
            PixelFormat.PIXEL_FORMAT_BGR8,
            PixelFormat.PIXEL_FORMAT_RGBA8,
            PixelFormat.PIXEL_FORMAT_GRAY8,
            PixelFormat.PIXEL_FORMAT_NV12,
            PixelFormat.PIXEL_FORMAT_I420,
            PixelFormat.PIXEL_FORMAT_UYVY);
    private static final List<byte[]> MESSAGES = List.of(
            request()
                    .setOpen(StreamClient.jpegs()
                            .setAgeBudget(Duration.newBuilder().setSeconds(3)))
                    .build()
                    .toByteArray(),
            request().setFrame(StreamClient.frame(1, JPEGS.getLast())).build().toByteArray(),
            request()
                    .setFrame(raw(PixelFormat.PIXEL_FORMAT_NV12, 8, 8, new byte[96]))
                    .build()
                    .toByteArray(),
            request().setClockProbe(ClockProbe.getDefaultInstance()).build().toByteArray());

    private final Random random;
    private final Mutations mutations;

    FuzzSeeds(Random random) {
        this.random = random;
        this.mutations = new Mutations(random);
    }

    private static ClassifyStreamRequest.Builder request() {
        return ClassifyStreamRequest.newBuilder();
    }

    /** Returns a damaged message. */
    byte[] message() {
        return mutations.of(MESSAGES.get(random.nextInt(MESSAGES.size())), MESSAGES);
    }

    /** Returns a frame for an intact message, usually with a damaged picture. */
    Frame.Builder frame() {
        return switch (random.nextInt(5)) {
            case 0 -> png();
            case 1 -> raw();
            default -> jpeg();
        };
    }

    private Frame.Builder jpeg() {
        return StreamClient.frame(0, picture(JPEGS));
    }

    private Frame.Builder png() {
        byte[] png = picture(PNGS);
        return StreamClient.frame(0, random.nextInt(4) == 0 ? png : Mutations.withRightChecksums(png))
                .setFormat(FrameFormat.newBuilder().setPixelFormat(PixelFormat.PIXEL_FORMAT_PNG));
    }

    private byte[] picture(List<byte[]> pictures) {
        byte[] picture = pictures.get(random.nextInt(pictures.size()));
        return random.nextInt(16) == 0 ? picture : mutations.of(picture, random.nextInt(8) == 0 ? PNGS : JPEGS);
    }

    private Frame.Builder raw() {
        byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(600) : 64 * (1 + random.nextInt(6))];
        random.nextBytes(bytes);
        return raw(RAW.get(random.nextInt(RAW.size())), side(), side(), bytes);
    }

    private int side() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt();
            case 1 -> 0;
            default -> 4 << random.nextInt(3);
        };
    }

    private static Frame.Builder raw(PixelFormat format, int width, int height, byte[] bytes) {
        return Frame.newBuilder()
                .setFrameId(1)
                .setFormat(FrameFormat.newBuilder()
                        .setPixelFormat(format)
                        .setWidth(width)
                        .setHeight(height))
                .setRaw(RawPicture.newBuilder().addPlanes(Plane.newBuilder().setData(ByteString.copyFrom(bytes))));
    }
}
