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
 * log a fault of the server's own. What has more parts than any message of the contract is not read at all. A frame's
 * pixels are copied once, from the network's buffers: the message refers to them.
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
            // Little of what came is still wanted, such as the last of several pictures: the rest is let go.
            return marshaller
                    .getMessageClass()
                    .cast(message.getSerializedSize() < all.length / 2 ? read(prototype, all, false) : message);
        }

        /** Where it refers to the array, nobody may write to that any more. */
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
