package io.scopegate.inference.engine;

import static io.scopegate.inference.engine.SampleEngine.TIMING;
import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.inference.device.DeviceFacts;
import io.scopegate.inference.device.GpuDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimingCacheTest {

    @TempDir
    Path directory;

    private final List<String> reports = new ArrayList<>();
    private final List<String> lent = new ArrayList<>();

    @Test
    void timingCacheIsReusedByTheNextBuildOnTheSameGpu() throws Exception {
        Path engine = build(SampleEngine.key('a'), "first");
        build(SampleEngine.key('b'), "second");
        build(SampleEngine.key('c'), "third");

        assertThat(lent).containsExactly("", "first", "second");
        assertThat(engine.resolve(TIMING)).as("it is no part of the engine").doesNotExist();
        assertThat(Disk.entries(store().timingCache(SampleEngine.key())))
                .singleElement()
                .satisfies(file -> assertThat(file).hasContent("third"));
    }

    @Test
    void timingCacheIsSeparatePerTensorRtVersionAndGpu() throws Exception {
        build(SampleEngine.key(), "first");
        build(SampleEngine.key(new DeviceFacts("13.0", "580.65.06", SampleEngine.GPU, "10.14.1")), "");
        GpuDevice other = new GpuDevice("NVIDIA Stub 9001", 9, 0, 80L << 30);
        build(SampleEngine.key(new DeviceFacts("13.0", "580.65.06", other, "10.15.1.29")), "");

        assertThat(lent).containsExactly("", "", "");
    }

    @Test
    void corruptTimingCacheIsNotUsed() throws Exception {
        build(SampleEngine.key('a'), "first");
        Path kept = Disk.entries(store().timingCache(SampleEngine.key())).getFirst();
        Files.writeString(kept, "firsT");

        build(SampleEngine.key('b'), "second");

        assertThat(lent).containsExactly("", "");
    }

    @Test
    void engineIsBuiltIfTheTimingCacheCannotBeSaved() throws Exception {
        Path place = Files.createFile(store().timingCache(SampleEngine.key()));

        Path engine = build(SampleEngine.key(), "first");

        assertThat(reports)
                .singleElement()
                .asString()
                .startsWith(place + ": not saved, so later builds take longer: ")
                .contains("exists and is not a directory");
        assertThat(engine.resolve(TIMING)).as("it is no part of the engine").doesNotExist();
        assertThat(store().find(SampleEngine.key())).contains(engine);
    }

    @Test
    void unreadableTimingCacheIsReportedAndNotUsed() throws Exception {
        build(SampleEngine.key('a'), "first");
        Path kept = Disk.entries(store().timingCache(SampleEngine.key())).getFirst();
        Files.delete(kept);
        Files.createDirectory(kept);

        build(SampleEngine.key('b'), "second");

        assertThat(lent).containsExactly("", "");
        assertThat(reports.getFirst()).contains(": cannot be used, so the build takes longer: ");
    }

    private EngineStore store() {
        return new EngineStore(directory, Clock.systemUTC(), reports::add);
    }

    private Path build(EngineKey key, String timed) throws IOException {
        return store().build(key, into -> {
            Path timing = into.resolve(TIMING);
            lent.add(Files.exists(timing) ? Files.readString(timing) : "");
            SampleEngine.build(into);
            Files.writeString(timing, timed);
        });
    }
}
