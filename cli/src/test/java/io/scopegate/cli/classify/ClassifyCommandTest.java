package io.scopegate.cli.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.scopegate.proto.v1.ClassifierGrpc.ClassifierImplBase;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.Reason;
import io.scopegate.proto.v1.StreamAccepted;
import io.scopegate.proto.v1.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ClassifyCommandTest {

    private static final int LARGEST_MESSAGE = 1000;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private Server server;

    @BeforeEach
    void start() throws IOException {
        server = NettyServerBuilder.forAddress(
                        new InetSocketAddress("127.0.0.1", 0), InsecureServerCredentials.create())
                .addService(new Classifying())
                .build()
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.shutdownNow().awaitTermination();
    }

    @Test
    void allPicturesOfAFolderAreSentAndWhatIsSkippedIsSaid() throws Exception {
        picture("a.jpg", 10);
        picture("b.png", 10);
        picture("notes.txt", 10);

        assertThat(classify()).isZero();

        assertThat(out.toString()).contains("2 frames sent");
        assertThat(errors.toString()).contains("1 files of folders skipped: .jpg, .jpeg, .png and .avi files are sent");
    }

    @Test
    void aPictureOverTheMessageLimitIsNamedAndTheOthersAreSent() throws Exception {
        picture("a.jpg", 10);
        Path large = picture("b.jpg", LARGEST_MESSAGE + 1);
        picture("c.jpg", 10);

        assertThat(classify()).isEqualTo(1);

        assertThat(out.toString()).contains("a.jpg", "c.jpg", "2 frames sent");
        assertThat(errors.toString().lines())
                .singleElement()
                .asString()
                .startsWith("scopegate classify: " + large + ": not sent: frame makes a message of ")
                .endsWith(" bytes, at most " + LARGEST_MESSAGE + " are taken");
    }

    @Test
    void aFolderWithoutAPictureIsAnErrorAndNamed() throws Exception {
        picture("notes.txt", 10);

        assertThat(classify()).isEqualTo(1);

        assertThat(out.toString()).isEmpty();
        assertThat(errors.toString().lines())
                .containsExactly("scopegate classify: " + folder
                        + ": a folder with .jpg, .jpeg, .png and .avi files, not with 1 others alone");
    }

    private Path picture(String name, int bytes) throws IOException {
        return Files.write(folder.resolve(name), new byte[bytes]);
    }

    private int classify() {
        return new CommandLine(new ClassifyCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute("--server", "127.0.0.1:" + server.getPort(), folder.toString());
    }

    /** Takes whatever it is sent for a picture that is out of body. */
    private static final class Classifying extends ClassifierImplBase {

        @Override
        public StreamObserver<ClassifyStreamRequest> classifyStream(StreamObserver<ClassifyStreamResponse> responses) {
            return new StreamObserver<>() {
                @Override
                public void onNext(ClassifyStreamRequest request) {
                    if (request.hasOpen()) {
                        responses.onNext(accepted());
                    } else if (request.hasFrame()) {
                        responses.onNext(outOfBody(request.getFrame().getFrameId()));
                    }
                }

                @Override
                public void onError(Throwable fault) {
                    // The stream is over.
                }

                @Override
                public void onCompleted() {
                    responses.onCompleted();
                }
            };
        }

        private static ClassifyStreamResponse accepted() {
            return ClassifyStreamResponse.newBuilder()
                    .setAccepted(StreamAccepted.newBuilder()
                            .setStreamId("s-1")
                            .setCredits(4)
                            .setMaxMessageBytes(LARGEST_MESSAGE))
                    .build();
        }

        private static ClassifyStreamResponse outOfBody(long frameId) {
            return ClassifyStreamResponse.newBuilder()
                    .setAnswer(FrameAnswer.newBuilder()
                            .setFrameId(frameId)
                            .setOutcome(Outcome.OUTCOME_CLASSIFIED)
                            .setVerdict(Verdict.VERDICT_OUT_OF_BODY)
                            .setRawVerdict(Verdict.VERDICT_OUT_OF_BODY)
                            .setReason(Reason.REASON_MODEL)
                            .setRawClass("outbody"))
                    .build();
        }
    }
}
