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
 * Wraps a service so that its calls end with a clear status if they receive bytes that are not a message; the transport
 * would end them without a reason and log a fault of the server. Messages with more parts than the contract allows are
 * refused unread. A frame's picture is copied once, from the network's buffers: the message refers to that copy.
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

    /**
     * Parses messages. In place of one that cannot be read it returns an empty message, after it has ended the call.
     */
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
                // The message exceeds the limit when decompressed.
                return unreadable(e.getStatus());
            } catch (CallRefusedException e) {
                CallWatch.current().tooManyParts(e);
                return empty();
            }
        }

        private Q unreadable(Status why) {
            CallWatch.current().unreadable(why);
            return empty();
        }

        private Q empty() {
            return marshaller.parse(InputStream.nullInputStream());
        }

        private Q read(InputStream bytes) throws IOException, CallRefusedException {
            byte[] all = all(bytes);
            MessageLite prototype = (MessageLite) Objects.requireNonNull(marshaller.getMessagePrototype());
            MessageShape.check(CodedInputStream.newInstance(all), prototype);
            MessageLite message = read(prototype, all, true);
            // Less than half of the bytes are still in use, for example only the last of several pictures: copy them,
            // so that the rest can be freed.
            return marshaller
                    .getMessageClass()
                    .cast(message.getSerializedSize() < all.length / 2 ? read(prototype, all, false) : message);
        }

        /** Parses a message. If it refers to the array instead of copying, the array must not be modified any more. */
        private static MessageLite read(MessageLite prototype, byte[] all, boolean refers) throws IOException {
            CodedInputStream input = UnsafeByteOperations.unsafeWrap(all).newCodedInput();
            input.enableAliasing(refers);
            MessageLite message = prototype.getParserForType().parseFrom(input);
            input.checkLastTagWas(0);
            return message;
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
