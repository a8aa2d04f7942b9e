package io.scopegate.server.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A service whose calls say what is wrong with bytes that are no message. The transport would end them without a word, and
 * log a fault of the server's own. A frame's pixels are copied once, from the network's buffers: the message refers to
 * them.
 */
final class ReadableMessages {

    private ReadableMessages() {}

    static ServerServiceDefinition of(ServerServiceDefinition service) {
        List<ServerMethodDefinition<?, ?>> methods = service.getMethods().stream()
                .<ServerMethodDefinition<?, ?>>map(ReadableMessages::of)
                .toList();
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(
                        service.getServiceDescriptor().getName())
                .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(definition::addMethod);
        return definition.build();
    }

    private static <Q, A> ServerMethodDefinition<Q, A> of(ServerMethodDefinition<Q, A> method) {
        MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
        return ServerMethodDefinition.create(
                descriptor.toBuilder(
                                new Readable<>((PrototypeMarshaller<Q>) descriptor.getRequestMarshaller()),
                                descriptor.getResponseMarshaller())
                        .build(),
                method.getServerCallHandler());
    }

    /** Reads an empty message in the place of one that cannot be read, after the call has been ended. */
    record Readable<Q>(PrototypeMarshaller<Q> marshaller) implements PrototypeMarshaller<Q> {

        @Override
        public @Nullable Q getMessagePrototype() {
            return marshaller.getMessagePrototype();
        }

        @Override
        public Class<Q> getMessageClass() {
            return marshaller.getMessageClass();
        }

        @Override
        public InputStream stream(Q message) {
            return marshaller.stream(message);
        }

        @Override
        public Q parse(InputStream bytes) {
            try {
                return read(bytes);
            } catch (IOException e) {
                return unreadable(Status.INTERNAL
                        .withDescription("Invalid protobuf byte sequence")
                        .withCause(e));
            } catch (StatusRuntimeException e) {
                // What a compressed message unfolds to is over the limit.
                return unreadable(e.getStatus());
            }
        }

        private Q unreadable(Status why) {
            CallWatch.current().unreadable(why);
            return marshaller.parse(InputStream.nullInputStream());
        }

        private Q read(InputStream bytes) throws IOException {
            // Nobody writes to this array any more, so that the message may refer to it.
            CodedInputStream input = UnsafeByteOperations.unsafeWrap(all(bytes)).newCodedInput();
            input.enableAliasing(true);
            MessageLite prototype = (MessageLite) Objects.requireNonNull(marshaller.getMessagePrototype());
            MessageLite message = prototype.getParserForType().parseFrom(input);
            input.checkLastTagWas(0);
            return marshaller.getMessageClass().cast(message);
        }

        private static byte[] all(InputStream bytes) throws IOException {
            if (!(bytes instanceof KnownLength)) {
                return bytes.readAllBytes();
            }
            byte[] all = new byte[bytes.available()];
            bytes.readNBytes(all, 0, all.length);
            return all;
        }
    }
}
