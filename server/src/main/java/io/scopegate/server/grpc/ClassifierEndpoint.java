package io.scopegate.server.grpc;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.quarkus.grpc.GrpcService;

/** {@link ClassifierService} where clients reach it. */
@GrpcService
final class ClassifierEndpoint implements BindableService {

    private final ClassifierService service;

    ClassifierEndpoint(ClassifierService service) {
        this.service = service;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ReadableMessages.of(service.bindService());
    }
}
