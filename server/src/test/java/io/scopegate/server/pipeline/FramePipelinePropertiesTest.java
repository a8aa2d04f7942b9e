package io.scopegate.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import io.scopegate.server.admission.AgeBudget;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.admission.ModelSelection;
import io.scopegate.server.admission.StreamTerms;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.infer.NetworkWatchdog;
import io.scopegate.server.infer.TensorPool;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.Watchdogs;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Applies random events in random order to several streams, several runs and several models of several versions. Every
 * frame of a stream that lives must be answered once and in order, by no other model than the one that its stream
 * names, and in the end nothing may be held. What other threads do during a run happens inside the fake run.
 */
class FramePipelinePropertiesTest {

    private static final int TENSORS = 16;

    /** An event that can happen next. */
    private enum Event {
        FRAME_ARRIVES,
        ANOTHER_FRAME_ARRIVES,
        WORKER_PREPARES,
        ANOTHER_WORKER_PREPARES,
        INFERENCE_THREAD_PREPARES,
        NETWORK_RUNS,
        RUNS_HANG,
        CLIENT_CANCELS,
        CLIENT_HALF_CLOSES,
        SERVER_DRAINS_STREAM,
        MODEL_IS_SWAPPED,
        MODEL_IS_UNLOADED,
        TIME_PASSES
    }

    /** A way in which a run may end. */
    private enum Ending {
        SOUND,
        STILL_SOUND,
        FAILS,
        THROWS,
        NOT_A_NUMBER_IN_A_ROW,
        A_ROW_TOO_SHORT,
        A_ROW_TOO_FEW
    }

    /** The number of runs of a model at the same time, and the most frames of a run. */
    private record Room(int sessions, int maxBatch) {}

    @Provide
    Arbitrary<Room> rooms() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 4))
                .as(Room::new);
    }

    @Property
    void everyFrameIsAnsweredOnceAndInOrderByTheModelThatItsStreamNames(
            @ForAll @Size(max = 120) List<Event> events,
            @ForAll @IntRange(min = 1, max = 2) int models,
            @ForAll @IntRange(min = 1, max = 4) int streams,
            @ForAll("rooms") Room room,
            @ForAll Random random)
            throws InterruptedException {
        try (World world = new World(models, room, random)) {
            world.open(streams);
            world.script.addAll(events);

            world.play();
            world.complete();

            world.clients.forEach(Client::assertThatAllIsAnswered);
            world.assertThatNothingIsHeld();
        }
    }

    /** The pipelines, and everything that happens to them. */
    private static final class World implements AutoCloseable {

        private final ManualClock clock = new ManualClock();
        private final DecodeTools decoding = new DecodeTools(FrameLimits.DEFAULT, new PictureArrayPool(Long.MAX_VALUE));
        private final List<Event> script = new ArrayList<>();
        private final List<Client> clients = new ArrayList<>();
        private final List<Lane> lanes = new ArrayList<>();
        private final Random random;

        World(int models, Room room, Random random) {
            this.random = random;
            for (int i = 0; i < models; i++) {
                lanes.add(new Lane(this, "model" + i, room));
            }
        }

        private void open(int streams) {
            for (int i = 0; i < streams; i++) {
                clients.add(new Client(this, anyLane()));
            }
        }

        private Lane anyLane() {
            return lanes.get(random.nextInt(lanes.size()));
        }

        private void play() throws InterruptedException {
            while (!script.isEmpty()) {
                happen(script.removeFirst());
                clients.forEach(Client::assertThatAnswersAreInOrder);
            }
        }

        private void happen(Event event) throws InterruptedException {
            Client client = clients.get(random.nextInt(clients.size()));
            Lane lane = anyLane();
            switch (event) {
                case FRAME_ARRIVES, ANOTHER_FRAME_ARRIVES -> client.send();
                case WORKER_PREPARES, ANOTHER_WORKER_PREPARES -> lane.prepare();
                case INFERENCE_THREAD_PREPARES -> lane.prepareIfRoom();
                case NETWORK_RUNS -> lane.judge();
                case CLIENT_CANCELS -> client.cancel();
                case CLIENT_HALF_CLOSES -> client.halfClose();
                case SERVER_DRAINS_STREAM -> client.drain();
                case MODEL_IS_SWAPPED -> lane.swap();
                case MODEL_IS_UNLOADED -> ModelSlots.serveNone(lane.slot, "for a test");
                case RUNS_HANG -> Watchdogs.pass(Watchdogs.LIMIT.multipliedBy(2), clock, watchdogs());
                case TIME_PASSES -> clock.advance(Duration.ofMillis(20));
            }
        }

        private NetworkWatchdog[] watchdogs() {
            return lanes.stream().map(lane -> lane.watchdog).toArray(NetworkWatchdog[]::new);
        }

        /** Half-closes all streams and finishes all work that is left. */
        private void complete() throws InterruptedException {
            clients.forEach(Client::halfClose);
            for (Lane lane : lanes) {
                boolean goesOn = true;
                while (goesOn) {
                    boolean prepared = lane.prepare();
                    goesOn = lane.judge() || prepared;
                }
            }
        }

        private void assertThatNothingIsHeld() {
            for (Lane lane : lanes) {
                assertThat(lane.tensors.available()).isEqualTo(TENSORS);
                lane.slot.close();
                assertThat(lane.versions).allMatch(version -> version.closed);
            }
        }

        @Override
        public void close() {
            decoding.close();
        }
    }

    /** One served model: its versions and its pipeline. */
    private static final class Lane {

        private final World world;
        private final String name;
        private final Room room;
        private final TensorPool tensors = ModelSlots.tensors(TENSORS);
        private final ModelSlot slot;
        private final NetworkWatchdog watchdog;
        private final FramePipeline pipeline;
        private final List<RandomSession> versions = new ArrayList<>();
        private int runs;

        Lane(World world, String name, Room room) {
            this.world = world;
            this.name = name;
            this.room = room;
            this.slot = new ModelSlot(name);
            this.watchdog = Watchdogs.of(world.clock);
            this.pipeline = new FramePipeline(slot, world.clock, watchdog, new WaitingPictureLimit(Long.MAX_VALUE));
            swap();
        }

        /** Returns the logits of this model: the first model says in body of each frame, the second out of body. */
        private float[] logits() {
            return world.lanes.indexOf(this) == 0 ? new float[] {5, 0} : new float[] {0, 5};
        }

        private boolean prepare() throws InterruptedException {
            FrameStream stream =
                    tensors.available() == 0 ? null : pipeline.queues().decode().poll(Duration.ZERO);
            if (stream != null) {
                pipeline.prepare(stream, world.decoding);
            }
            return stream != null;
        }

        /** Prepares a frame as an inference thread does, which may also happen while no tensor is free. */
        private void prepareIfRoom() throws InterruptedException {
            FrameStream stream = pipeline.queues().decode().poll(Duration.ZERO);
            if (stream != null) {
                pipeline.prepareIfRoom(stream, world.decoding);
            }
        }

        private boolean judge() throws InterruptedException {
            boolean allHang = watchdog.hung() == room.sessions();
            FrameStream stream = runs == room.sessions() && !allHang
                    ? null
                    : pipeline.queues().infer().poll(Duration.ZERO);
            if (stream != null && allHang) {
                pipeline.giveUp(stream);
            } else if (stream != null) {
                pipeline.judge(stream, new BatchTools(Duration.ZERO));
            }
            return stream != null;
        }

        private void swap() {
            versions.add(new RandomSession(this));
            ModelSlots.serve(slot, name, versions.size(), versions.getLast(), tensors, room.maxBatch());
        }
    }

    /**
     * One stream and its client. The client may stop reading; then it is cut off from within an answer, like a slow
     * reader.
     */
    private static final class Client implements AnswerSink {

        private final World world;
        private final Lane lane;
        private final FrameStream stream;
        private final List<Long> ids = new ArrayList<>();
        private final int readsAtMost;
        private long sent;
        private long unansweredAtItsEnd = -1;
        private boolean finished;
        private @Nullable AssertionError breach;

        Client(World world, Lane lane) {
            this.world = world;
            this.lane = lane;
            DeliveryPolicy policy = DeliveryPolicy.values()[world.random.nextInt(3)];
            AgeBudget budget = world.random.nextBoolean() ? AgeBudget.NONE : new AgeBudget(Duration.ofMillis(30));
            this.readsAtMost = world.random.nextInt(4) == 0 ? world.random.nextInt(20) : Integer.MAX_VALUE;
            StreamTerms terms = Frames.terms(policy, budget, new ModelSelection(lane.name, null));
            this.stream = lane.pipeline.open(terms, VerdictPolicy.SINGLE_FRAME, this);
        }

        private boolean over() {
            return finished || unansweredAtItsEnd >= 0;
        }

        void send() {
            if (!over()) {
                stream.admit(Frames.now(++sent, world.clock));
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
            try {
                check(answer);
            } catch (AssertionError e) {
                breach = e;
            }
            if (ids.size() > readsAtMost) {
                cancel();
            }
        }

        private void check(FrameAnswer answer) {
            assertThat(over()).isFalse();
            ids.add(answer.header().id());
            if (answer.outcome() instanceof Classified classified) {
                assertThat(classified.model().name()).isEqualTo(lane.name);
                assertThat(classified.inBody()).isEqualTo(world.lanes.indexOf(lane) == 0);
            }
        }

        @Override
        public void finished() {
            breach = over() ? new AssertionError("finished after the end") : breach;
            finished = true;
        }

        @Override
        public void broken() {
            breach = new AssertionError("every answer can be made");
        }

        void assertThatAnswersAreInOrder() {
            assertThat(breach).isNull();
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

    /**
     * A session that lets some of the next events happen, as other threads would meanwhile, and then ends in a random
     * way.
     */
    private static final class RandomSession implements InferenceSession {

        private final Lane lane;
        private final World world;
        private boolean closed;

        RandomSession(Lane lane) {
            this.lane = lane;
            this.world = lane.world;
        }

        @Override
        public List<float[]> run(InputBatch batch) throws InferenceFailedException {
            assertThat(closed).isFalse();
            assertThat(batch.frames()).isBetween(1, lane.room.maxBatch());
            lane.runs++;
            try {
                for (int i = world.random.nextInt(4); i > 0 && !world.script.isEmpty(); i--) {
                    world.happen(world.script.removeFirst());
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                lane.runs--;
            }
            assertThat(closed).isFalse();
            return end(Ending.values()[world.random.nextInt(Ending.values().length)], batch.frames());
        }

        private List<float[]> end(Ending ending, int frames) throws InferenceFailedException {
            List<float[]> rows = new ArrayList<>(Collections.nCopies(frames, lane.logits()));
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
