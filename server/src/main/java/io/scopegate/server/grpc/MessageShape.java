package io.scopegate.server.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.WireFormat;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.Frame;
import io.scopegate.proto.v1.Plane;
import io.scopegate.proto.v1.RawPicture;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Checks the size and number of a message's parts from its bytes, before they become objects: only a picture may be
 * large. An empty plane or an unknown field takes two bytes, and as an object at least twenty times as much.
 */
final class MessageShape {

    private static final int MOST_FIELDS = 256;
    private static final int MOST_OTHER_BYTES = 1 << 16;

    private static final Part OTHER = new Part(Map.of(), Set.of());
    private static final Part PLANE = new Part(Map.of(), Set.of(Plane.DATA_FIELD_NUMBER));
    private static final Part RAW = new Part(Map.of(RawPicture.PLANES_FIELD_NUMBER, PLANE), Set.of());
    private static final Part FRAME = new Part(Map.of(Frame.RAW_FIELD_NUMBER, RAW), Set.of(Frame.ENCODED_FIELD_NUMBER));
    private static final Part REQUEST = new Part(Map.of(ClassifyRequest.FRAME_FIELD_NUMBER, FRAME), Set.of());
    private static final Part STREAM_REQUEST =
            new Part(Map.of(ClassifyStreamRequest.FRAME_FIELD_NUMBER, FRAME), Set.of());

    private int fields;
    private int otherBytes;

    private MessageShape() {}

    /**
     * The shape of one kind of message.
     *
     * @param parts its nested messages, by field number
     * @param pictures the numbers of the fields that hold a picture's bytes
     */
    private record Part(Map<Integer, Part> parts, Set<Integer> pictures) {

        static Part of(MessageLite message) {
            return switch (message) {
                case ClassifyStreamRequest ignored -> STREAM_REQUEST;
                case ClassifyRequest ignored -> REQUEST;
                case Frame ignored -> FRAME;
                default -> OTHER;
            };
        }
    }

    /**
     * Scans a whole message.
     *
     * @param like a message of the same type
     * @throws CallRefusedException if it has more fields, or more bytes beside the picture, than allowed
     * @throws IOException if the bytes are not a message
     */
    static void check(CodedInputStream input, MessageLite like) throws CallRefusedException, IOException {
        new MessageShape().read(input, Part.of(like));
    }

    private void read(CodedInputStream input, Part part) throws CallRefusedException, IOException {
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            fields++;
            if (fields > MOST_FIELDS) {
                throw CallRefusedException.breach("message", "at most " + MOST_FIELDS + " fields", "more");
            }
            readField(input, part, tag);
        }
    }

    private void readField(CodedInputStream input, Part part, int tag) throws CallRefusedException, IOException {
        switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
                int length = input.readRawVarint32();
                int field = WireFormat.getTagFieldNumber(tag);
                Part inner = part.parts().get(field);
                if (inner == null) {
                    skip(input, length, part.pictures().contains(field));
                } else {
                    int outer = input.pushLimit(length);
                    read(input, inner);
                    input.popLimit(outer);
                }
            }
            case WireFormat.WIRETYPE_START_GROUP, WireFormat.WIRETYPE_END_GROUP ->
                throw new InvalidProtocolBufferException("a group, which no message of the contract has");
            default -> input.skipField(tag);
        }
    }

    private void skip(CodedInputStream input, int length, boolean picture) throws CallRefusedException, IOException {
        if (!picture && length > MOST_OTHER_BYTES - otherBytes) {
            throw CallRefusedException.breach(
                    "message",
                    "at most " + MOST_OTHER_BYTES + " bytes beside the picture",
                    String.valueOf((long) otherBytes + length));
        }
        otherBytes += picture ? 0 : length;
        input.skipRawBytes(length);
    }
}
