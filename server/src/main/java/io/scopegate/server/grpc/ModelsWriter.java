package io.scopegate.server.grpc;

import io.scopegate.proto.v1.ModelReference;
import io.scopegate.proto.v1.ModelReport;
import io.scopegate.proto.v1.ModelStatus;
import io.scopegate.proto.v1.ModelVersion;
import io.scopegate.proto.v1.ModelsState;
import io.scopegate.server.model.RepositoryReport;
import io.scopegate.server.model.ServingMode;
import io.scopegate.server.model.VersionReport;

/** What the server makes of its repository, as a message. */
final class ModelsWriter {

    private ModelsWriter() {}

    static ModelsState write(RepositoryReport report) {
        ModelsState.Builder state =
                ModelsState.newBuilder().setProblem(report.problem()).setLookedAt(WireTime.write(report.lookedAt()));
        report.versions().forEach(version -> state.addModels(write(version)));
        switch (report.mode()) {
            case ServingMode.Following() -> {}
            case ServingMode.Pinned(String name, int version) ->
                state.setPinned(ModelVersion.newBuilder().setName(name).setVersion(version));
            case ServingMode.Halted(String reason) -> state.setHalted(reason);
        }
        return state.build();
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
