package io.scopegate.client;

import io.scopegate.client.ModelVersionState.Status;
import io.scopegate.proto.v1.ModelReport;
import io.scopegate.proto.v1.ModelsState;

/** Reads what a server states about its models. */
final class ModelStateReader {
    private ModelStateReader() {}

    static ModelRepositoryState read(ModelsState state) {
        return new ModelRepositoryState(
                state.getModelsList().stream().map(ModelStateReader::read).toList(),
                state.getPinnedList().stream()
                        .map(pinned -> pinned.getName() + "/" + pinned.getVersion())
                        .toList(),
                state.getHaltedList(),
                state.getProblemList(),
                ProtoTime.instant(state.getLookedAt()));
    }

    private static ModelVersionState read(ModelReport report) {
        var model = report.getModel();
        return new ModelVersionState(
                new ModelReference(model.getName(), model.getVersion(), model.getDigest()),
                status(report),
                report.getDetail());
    }

    private static Status status(ModelReport report) {
        return switch (report.getStatus()) {
            case MODEL_STATUS_SERVED -> Status.SERVED;
            case MODEL_STATUS_LOADING -> Status.LOADING;
            case MODEL_STATUS_AVAILABLE -> Status.AVAILABLE;
            case MODEL_STATUS_WAITING -> Status.WAITING;
            case MODEL_STATUS_QUARANTINED -> Status.QUARANTINED;
            case MODEL_STATUS_UNSPECIFIED, UNRECOGNIZED -> Status.UNKNOWN;
        };
    }
}
