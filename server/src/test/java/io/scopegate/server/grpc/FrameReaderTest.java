package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.proto.v1.Frame;
import io.scopegate.proto.v1.Plane;
import io.scopegate.proto.v1.RawPicture;
import io.scopegate.server.frame.ArrivedFrame;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.UnreadableFrame;
import io.scopegate.server.testing.ManualClock;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

    @Test
    void superfluousPlanesAreRefusedBeforeMemoryIsTakenForThem() throws Exception {
        Frame.Builder frame = BadFrames.raw(7, 2, 2, new byte[12])
                .setRaw(RawPicture.newBuilder().addAllPlanes(Collections.nCopies(1000, Plane.getDefaultInstance())));

        ArrivedFrame arrived = new FrameReader(new ManualClock()).read(frame.build(), null);

        assertThat(arrived)
                .isEqualTo(new UnreadableFrame(
                        arrived.header(),
                        new Rejected(Reason.BAD_PLANE_SIZE, "raw.planes", "at most 1 for RGB8", "1000")));
        assertThat(arrived.header().id()).isEqualTo(7);
    }
}
