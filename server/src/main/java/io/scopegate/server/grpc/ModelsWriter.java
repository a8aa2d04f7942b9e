package io.scopegate.server.grpc;

import io.scopegate.proto.v1.ModelReference;
import io.scopegate.proto.v1.ModelReport;
import io.scopegate.proto.v1.ModelStatus;
import io.scopegate.proto.v1.ModelVersion;
import io.scopegate.proto.v1.ModelsState;
import io.scopegate.server.model.Models;
import io.scopegate.server.model.RepositoryReport;
import io.scopegate.server.model.ServingMode;
import io.scopegate.server.model.VersionReport;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Writes the state of all models as a message. */
final class ModelsWriter {

    private ModelsWriter() {}

    static ModelsState write(Models models) {
        ModelsState.Builder state = ModelsState.newBuilder();
        List<RepositoryReport> reports =
                models.all().stream().map(model -> model.watcher().report()).toList();
        reports.forEach(report -> add(report, state));
        Instant last = reports.stream()
                .map(RepositoryReport::lookedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return state.setLookedAt(WireTime.write(last)).build();
    }

    private static void add(RepositoryReport report, ModelsState.Builder state) {
        report.versions().forEach(version -> state.addModels(write(version)));
        if (!report.problem().isEmpty()) {
            state.addProblem(report.problem());
        }
        switch (report.mode()) {
            case ServingMode.Following() -> {}
            case ServingMode.Pinned(String name, int version) ->
                state.addPinned(ModelVersion.newBuilder().setName(name).setVersion(version));
            case ServingMode.Halted(String reason) -> state.addHalted(reason);
        }
    }

    private static ModelReport write(VersionReport version) {
        return ModelReport.newBuilder()
                .setModel(ModelReference.newBuilder()
                        .setName(version.name())
                        .setVersion(String.valueOf(version.version()))
                        .setDigest(version.digest()))
                .setStatus(status(version.status()))
                .setDetail(version.detail())
                .build();
    }

    private static ModelStatus status(VersionReport.Status status) {
        return switch (status) {
            case SERVED -> ModelStatus.MODEL_STATUS_SERVED;
            case LOADING -> ModelStatus.MODEL_STATUS_LOADING;
            case AVAILABLE -> ModelStatus.MODEL_STATUS_AVAILABLE;
            case WAITING -> ModelStatus.MODEL_STATUS_WAITING;
            case QUARANTINED -> ModelStatus.MODEL_STATUS_QUARANTINED;
        };
    }
}
