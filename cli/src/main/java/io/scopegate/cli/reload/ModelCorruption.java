package io.scopegate.cli.reload;

import com.google.protobuf.ByteString;
import io.scopegate.bundle.model.ManifestSignature;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;

/** A way to make a version invalid, so that a server must not serve it. */
public enum ModelCorruption {
    /** The network's file is cut in half before its digest is taken, so the digest is right. */
    TRUNCATED {
        @Override
        void content(Path network) throws IOException {
            cutInHalf(network);
        }
    },
    /** The network's file is cut in half after its digest was taken, like a copy that never completes. */
    HALF_COPIED {
        @Override
        void directory(PublishedModel model) throws IOException {
            cutInHalf(model.network());
        }
    },
    /** One byte of the network's file is changed after its digest was taken. */
    WRONG_DIGEST {
        @Override
        void directory(PublishedModel model) throws IOException {
            byte[] bytes = Files.readAllBytes(model.network());
            bytes[bytes.length / 2] ^= 1;
            Files.write(model.network(), bytes);
        }
    },
    /** Signed with a key that the server does not know. */
    BAD_SIGNATURE {
        @Override
        void directory(PublishedModel model) throws IOException {
            try {
                var stranger = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                ManifestSignature.sign(model.directory(), stranger.getPrivate());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    },
    /** The manifest states half the width that the network's input has. */
    WRONG_SHAPES {
        @Override
        ModelManifest manifest(ModelManifest sound) {
            InputShape shape = sound.input().shape();
            InputShape narrow = new InputShape(shape.width() / 2, shape.height());
            return with(
                    sound,
                    new Input(sound.input().tensor(), narrow, sound.input().preprocessing()),
                    sound.golden());
        }
    },
    /** Every weight of the network is not a number. */
    NAN_WEIGHTS {
        @Override
        void content(Path network) throws IOException {
            ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(network)).toBuilder();
            for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
                if (tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE) {
                    tensor.setRawData(notANumber(tensor.getRawData().size()));
                }
            }
            Files.write(network, model.build().toByteArray());
        }
    },
    /** The manifest states the reversed probabilities for its golden pictures. */
    GOLDEN_MISMATCH {
        @Override
        ModelManifest manifest(ModelManifest sound) {
            var vectors = sound.golden().vectors().stream()
                    .map(vector -> new GoldenVector(
                            vector.picture(), vector.probabilities().reversed()))
                    .toList();
            return with(sound, sound.input(), new GoldenVectors(sound.golden().probabilityTolerance(), vectors));
        }
    };

    /** Returns the manifest to publish, apart from the digests. */
    ModelManifest manifest(ModelManifest sound) {
        return sound;
    }

    /** Changes the network before its digest is taken. */
    void content(Path network) throws IOException {}

    /** Changes the directory once it is complete. */
    void directory(PublishedModel model) throws IOException {}

    private static void cutInHalf(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }

    private static ModelManifest with(ModelManifest manifest, Input input, GoldenVectors golden) {
        return new ModelManifest(
                manifest.name(),
                manifest.version(),
                manifest.network(),
                manifest.labels(),
                input,
                manifest.output(),
                manifest.inBodyThreshold(),
                manifest.maxBatch(),
                golden,
                manifest.files(),
                manifest.provenance());
    }

    private static ByteString notANumber(int bytes) {
        ByteBuffer floats = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (floats.hasRemaining()) {
            floats.putFloat(Float.NaN);
        }
        return ByteString.copyFrom(floats.flip());
    }
}
