package io.scopegate.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.server.admission.AgeBudget;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.infer.InferenceFailedException;
import io.scopegate.server.infer.InferenceSession;
import io.scopegate.server.infer.InputBatch;
import io.scopegate.server.infer.Pulse;
import io.scopegate.server.infer.TensorPool;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.Pulses;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Whatever happens in whatever order to several streams, several runs and several models, every frame of a stream that
 * lives is answered once and in order, and nothing is held in the end. What other threads do during a run happens inside
 * the fake run.
 */
class FramePipelinePropertiesTest {

    private static final int TENSORS = 16;

    /** What can happen next. */
    private enum Event {
        FRAME_ARRIVES,
        ANOTHER_FRAME_ARRIVES,
        WORKER_PREPARES,
        ANOTHER_WORKER_PREPARES,
        NETWORK_RUNS,
        RUNS_HANG,
        CLIENT_CANCELS,
        CLIENT_HALF_CLOSES,
        SERVER_DRAINS_STREAM,
        MODEL_IS_SWAPPED,
        MODEL_IS_UNLOADED,
        TIME_PASSES
    }

    /** How a run may end. */
    private enum Ending {
        SOUND,
        STILL_SOUND,
        FAILS,
        THROWS,
        NOT_A_NUMBER_IN_A_ROW,
        A_ROW_TOO_SHORT,
        A_ROW_TOO_FEW
    }

    @Property
    void everyFrameIsAnsweredOnceAndInOrder(
            @ForAll @Size(max = 120) List<Event> events,
            @ForAll @IntRange(min = 1, max = 4) int streams,
            @ForAll @IntRange(min = 1, max = 3) int sessions,
            @ForAll @IntRange(min = 1, max = 4) int maxBatch,
            @ForAll Random random)
            throws InterruptedException {
        try (World world = new World(sessions, maxBatch, random)) {
            world.open(streams);
            world.script.addAll(events);

            world.play();
            world.complete();

            world.clients.forEach(Client::assertThatAllIsAnswered);
            world.assertThatNothingIsHeld();
        }
    }

    /** The pipeline and all that happens to it. */
    private static final class World implements AutoCloseable {

        private final ManualClock clock = new ManualClock();
        private final TensorPool tensors = ModelSlots.tensors(TENSORS);
        private final ModelSlot slot = new ModelSlot();
        private final Pulse pulse = Pulses.of(clock);
        private final FramePipeline pipeline = new FramePipeline(slot, clock, pulse);
        private final DecodeTools decoding = new DecodeTools(FrameLimits.DEFAULT);
        private final List<Event> script = new ArrayList<>();
        private final List<Client> clients = new ArrayList<>();
        private final List<RandomSession> models = new ArrayList<>();
        private final int sessions;
        private final int maxBatch;
        private final Random random;
        private int runs;

        World(int sessions, int maxBatch, Random random) {
            this.sessions = sessions;
            this.maxBatch = maxBatch;
            this.random = random;
            swap();
        }

        private void open(int streams) {
            for (int i = 0; i < streams; i++) {
                clients.add(new Client(this));
            }
        }

        private void play() throws InterruptedException {
            while (!script.isEmpty()) {
                happen(script.removeFirst());
                clients.forEach(Client::assertThatAnswersAreInOrder);
            }
        }

        private void happen(Event event) throws InterruptedException {
            Client client = clients.get(random.nextInt(clients.size()));
            switch (event) {
                case FRAME_ARRIVES, ANOTHER_FRAME_ARRIVES -> client.send();
                case WORKER_PREPARES, ANOTHER_WORKER_PREPARES -> prepare();
                case NETWORK_RUNS -> judge();
                case CLIENT_CANCELS -> client.cancel();
                case CLIENT_HALF_CLOSES -> client.halfClose();
                case SERVER_DRAINS_STREAM -> client.drain();
                case MODEL_IS_SWAPPED -> swap();
                case MODEL_IS_UNLOADED -> ModelSlots.serveNone(slot, "for a test");
                case RUNS_HANG -> Pulses.pass(Pulses.LIMIT.multipliedBy(2), clock, pulse);
                case TIME_PASSES -> clock.advance(Duration.ofMillis(20));
            }
        }

        private boolean prepare() throws InterruptedException {
            FrameStream stream =
                    tensors.available() == 0 ? null : pipeline.turns().decode().poll(Duration.ZERO);
            if (stream != null) {
                pipeline.prepare(stream, decoding);
            }
            return stream != null;
        }

        private boolean judge() throws InterruptedException {
            boolean allHang = pulse.hung() == sessions;
            FrameStream stream = runs == sessions && !allHang
                    ? null
                    : pipeline.turns().infer().poll(Duration.ZERO);
            if (stream != null && allHang) {
                pipeline.giveUp(stream);
            } else if (stream != null) {
                pipeline.judge(stream, new BatchTools(Duration.ZERO));
            }
            return stream != null;
        }

        private void swap() {
            models.add(new RandomSession(this));
            ModelSlots.serve(slot, models.size(), models.getLast(), tensors, maxBatch);
        }

        /** Clients say that they are done, and all that is left is worked on. */
        private void complete() throws InterruptedException {
            clients.forEach(Client::halfClose);
            boolean goesOn = true;
            while (goesOn) {
                boolean prepared = prepare();
                goesOn = judge() || prepared;
            }
        }

        private void assertThatNothingIsHeld() {
            assertThat(tensors.available()).isEqualTo(TENSORS);
            slot.close();
            assertThat(models).allMatch(model -> model.closed);
        }

        @Override
        public void close() {
            decoding.close();
        }
    }

    /** One stream and who is at its end; who may stop reading, as a slow reader that is cut off from inside an answer. */
    private static final class Client implements AnswerSink {

        private final World world;
        private final FrameStream stream;
        private final List<Long> ids = new ArrayList<>();
        private final int readsAtMost;
        private long sent;
        private long unansweredAtItsEnd = -1;
        private boolean finished;

        Client(World world) {
            this.world = world;
            DeliveryPolicy policy = DeliveryPolicy.values()[world.random.nextInt(3)];
            AgeBudget budget = world.random.nextBoolean() ? AgeBudget.NONE : new AgeBudget(Duration.ofMillis(30));
            this.readsAtMost = world.random.nextInt(4) == 0 ? world.random.nextInt(20) : Integer.MAX_VALUE;
            this.stream = world.pipeline.open(Frames.terms(policy, budget), VerdictPolicy.SINGLE_FRAME, this);
        }

        private boolean over() {
            return finished || unansweredAtItsEnd >= 0;
        }

        void send() {
            if (!over()) {
                world.pipeline.admit(stream, Frames.now(++sent, world.clock));
            }
        }

        void halfClose() {
            if (!over()) {
                stream.finish();
            }
        }

        void drain() {
            if (!over()) {
                stream.drain();
            }
        }

        void cancel() {
            if (!over()) {
                unansweredAtItsEnd = stream.abandon();
            }
        }

        @Override
        public void answer(FrameAnswer answer) {
            assertThat(over()).isFalse();
            ids.add(answer.header().id());
            if (ids.size() > readsAtMost) {
                cancel();
            }
        }

        @Override
        public void finished() {
            assertThat(over()).isFalse();
            finished = true;
        }

        void assertThatAnswersAreInOrder() {
            assertThat(ids)
                    .isEqualTo(LongStream.rangeClosed(1, ids.size()).boxed().toList());
        }

        void assertThatAllIsAnswered() {
            assertThatAnswersAreInOrder();
            assertThat(over()).isTrue();
            assertThat(ids.size() + Math.max(0, unansweredAtItsEnd)).isEqualTo(sent);
            assertThat(stream.unanswered()).isZero();
        }
    }

    /** Ends as it likes, after some of what other threads do meanwhile. */
    private static final class RandomSession implements InferenceSession {

        private final World world;
        private boolean closed;

        RandomSession(World world) {
            this.world = world;
        }

        @Override
        public List<float[]> run(InputBatch batch) throws InferenceFailedException {
            assertThat(closed).isFalse();
            assertThat(batch.frames()).isBetween(1, world.maxBatch);
            world.runs++;
            try {
                for (int i = world.random.nextInt(4); i > 0 && !world.script.isEmpty(); i--) {
                    world.happen(world.script.removeFirst());
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                world.runs--;
            }
            assertThat(closed).isFalse();
            return end(Ending.values()[world.random.nextInt(Ending.values().length)], batch.frames());
        }

        private List<float[]> end(Ending ending, int frames) throws InferenceFailedException {
            List<float[]> rows = new ArrayList<>(Collections.nCopies(frames, new float[] {5, 0}));
            int row = world.random.nextInt(frames);
            switch (ending) {
                case SOUND, STILL_SOUND -> {}
                case FAILS -> throw new InferenceFailedException("for a test", null);
                case THROWS -> throw new IllegalStateException("for a test");
                case NOT_A_NUMBER_IN_A_ROW -> rows.set(row, new float[] {Float.NaN, 0});
                case A_ROW_TOO_SHORT -> rows.set(row, new float[1]);
                case A_ROW_TOO_FEW -> rows.remove(row);
            }
            return rows;
        }

        @Override
        public void close() {
            assertThat(closed).isFalse();
            closed = true;
        }
    }
}
