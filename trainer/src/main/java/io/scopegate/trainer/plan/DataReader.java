package io.scopegate.trainer.plan;

import io.scopegate.trainer.plan.TrainingPlan.DataPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the part of a plan that names the frames, as sources with groups or as sample lists. */
final class DataReader {

    private static final List<String> OF_SOURCES = List.of("sources", "validationGroups", "heldOutGroups");

    private static final int MOST_LOADERS = 64;

    private DataReader() {}

    static DataPlan data(PlanField data) {
        return new DataPlan(
                data.field("sources").list(DataReader::source),
                data.field("validationGroups").list(PlanField::text),
                data.field("heldOutGroups").list(PlanField::text),
                lists(data),
                data.field("memoryMiB").integer(1, PlanField.MOST, 4096),
                data.field("loaders")
                        .integer(
                                1,
                                MOST_LOADERS,
                                Math.min(4, Runtime.getRuntime().availableProcessors())));
    }

    private static Optional<SampleLists> lists(PlanField data) {
        SampleLists lists;
        PlanField train = data.field("train");
        if (train.present()) {
            lists = new SampleLists(
                    train.file(),
                    data.field("validation").optionalFile(),
                    data.field("test").optionalFile());
        } else if (data.field("validation").present() || data.field("test").present()) {
            throw train.wrong("a sample list, as data.validation or data.test is");
        } else {
            return Optional.empty();
        }
        requireAbsent(data, "where data.train names a sample list", OF_SOURCES);
        return Optional.of(lists);
    }

    private static FrameSource source(PlanField source) {
        double weight = source.field("weight").number(0, PlanField.MOST, 1);
        if (source.field("manifest").present()) {
            requireAbsent(source, "beside a manifest", List.of("folder", "group", "rendered", "count", "seed"));
            return new FrameSource.Manifest(source.field("manifest").file(), weight);
        }
        if (source.field("rendered").present()) {
            requireAbsent(source, "beside rendered frames", List.of("folder", "group"));
            return new FrameSource.Rendered(
                    source.field("rendered").file(),
                    source.field("count").integer(2, PlanField.MOST),
                    source.field("seed").longInteger(1),
                    weight);
        }
        requireAbsent(source, "beside a folder", List.of("count", "seed"));
        Path folder = source.field("folder").file();
        PlanField group = source.field("group");
        return new FrameSource.Folder(folder, group.present() ? Optional.of(group.text()) : Optional.empty(), weight);
    }

    private static void requireAbsent(PlanField object, String why, List<String> names) {
        for (String name : names) {
            if (object.field(name).present()) {
                throw object.field(name).wrong("absent " + why);
            }
        }
    }
}
