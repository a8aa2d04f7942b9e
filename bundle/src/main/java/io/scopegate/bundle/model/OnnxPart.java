package io.scopegate.bundle.model;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * The types of message on the way to the tensors of an ONNX file, which are searched for tensors that are stored in
 * another file. ONNX Runtime would open that file by the name that the network gives, although no digest of the
 * manifest covers it. Field numbers are those of onnx.proto.
 */
enum OnnxPart {
    MODEL,
    TRAINING,
    FUNCTION,
    GRAPH,
    NODE,
    ATTRIBUTE,
    SPARSE_TENSOR,
    TENSOR;

    /** The usual recursion limit of protocol buffers. A network that is nested deeper is refused. */
    private static final int DEEPEST = 100;

    private static final Map<OnnxPart, Map<Integer, OnnxPart>> PARTS = Map.of(
            MODEL, Map.of(7, GRAPH, 20, TRAINING, 25, FUNCTION),
            TRAINING, Map.of(1, GRAPH, 2, GRAPH),
            FUNCTION, Map.of(7, NODE, 11, ATTRIBUTE),
            GRAPH, Map.of(1, NODE, 5, TENSOR, 15, SPARSE_TENSOR),
            NODE, Map.of(5, ATTRIBUTE),
            ATTRIBUTE, Map.of(5, TENSOR, 10, TENSOR, 6, GRAPH, 11, GRAPH, 22, SPARSE_TENSOR, 23, SPARSE_TENSOR),
            SPARSE_TENSOR, Map.of(1, TENSOR, 2, TENSOR));

    private static final int EXTERNAL_DATA = 13;
    private static final int DATA_LOCATION = 14;
    private static final int DEFAULT_LOCATION = 0;

    /**
     * Returns whether a tensor of this network may be stored outside these bytes. False for bytes that are not a
     * network: nothing opens those.
     *
     * @param onnx its position stays as it is
     */
    static boolean hasExternalTensor(ByteBuffer onnx) {
        try {
            return MODEL.hasExternalTensor(CodedInputStream.newInstance(onnx.duplicate()), 0);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean hasExternalTensor(CodedInputStream in, int depth) throws IOException {
        if (depth > DEEPEST) {
            return true;
        }
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (read(in, tag, depth)) {
                return true;
            }
        }
        return false;
    }

    private boolean read(CodedInputStream in, int tag, int depth) throws IOException {
        int field = WireFormat.getTagFieldNumber(tag);
        int type = WireFormat.getTagWireType(tag);
        if (type == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            return readMessage(in, field, depth);
        }
        if (this == TENSOR && field == DATA_LOCATION && type == WireFormat.WIRETYPE_VARINT) {
            return in.readEnum() != DEFAULT_LOCATION;
        }
        if (!in.skipField(tag)) {
            throw new InvalidProtocolBufferException("unexpected end of a group");
        }
        return false;
    }

    private boolean readMessage(CodedInputStream in, int field, int depth) throws IOException {
        int bytes = in.readRawVarint32();
        OnnxPart part = PARTS.getOrDefault(this, Map.of()).get(field);
        if (part == null) {
            in.skipRawBytes(bytes);
            return this == TENSOR && field == EXTERNAL_DATA;
        }
        int limit = in.pushLimit(bytes);
        boolean external = part.hasExternalTensor(in, depth + 1);
        in.popLimit(limit);
        return external;
    }
}
