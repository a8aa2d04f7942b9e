package io.scopegate.trainer.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.GoldenValues;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptTest {

    private static final StateDict WEIGHTS =
            GoldenValues.weights(new SeResNet(new Architecture(4, List.of(2, 1, 3, 1))));
    private static final byte[] NOTE = "{\"version\": 1}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void libtorchRunsTheArchiveAsTheNetworkRuns() throws Exception {
        write();
        try (NDManager manager = TorchEngine.newManager();
                Parameters parameters = new Parameters(manager, WEIGHTS, DataType.FLOAT32)) {
            NDArray input = manager.randomNormal(new Shape(2, 3, 64, 64));

            float[] loaded = loadedLogits(input);

            float[] ours = parameters.logits(input, Parameters.Mode.INFERENCE).toFloatArray();
            for (int k = 0; k < ours.length; k++) {
                assertThat(loaded[k]).isCloseTo(ours[k], within(1e-4f));
            }
        }
    }

    @Test
    void scriptSourceDoesNotDependOnTheDefaultLocale() {
        SeResNet network = new SeResNet(new Architecture(4, List.of(2, 1, 3, 1)));
        String code = ScriptSource.of(network);
        Locale machine = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(ScriptSource.of(network)).isEqualTo(code);
        } finally {
            Locale.setDefault(machine);
        }
    }

    private float[] loadedLogits(NDArray input) throws IOException, MalformedModelException, TranslateException {
        try (Model model = Model.newInstance("model", "PyTorch")) {
            model.load(folder, "model.ts");
            try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
                return predictor.predict(new NDList(input)).singletonOrThrow().toFloatArray();
            }
        }
    }

    @Test
    void theArchiveIsReadBackByItsAttributes() throws IOException {
        StateDict read = TorchWeights.read(write());

        assertThat(read.network()).isEqualTo(WEIGHTS.network());
        WEIGHTS.asMap()
                .forEach((key, values) -> assertThat(read.values(key)).as(key).isEqualTo(values));
    }

    @Test
    void extraFilesAreCarriedAlong() throws IOException {
        try (ZipFile zip = new ZipFile(write().toFile())) {
            ZipEntry extra = zip.getEntry("model/extra/metadata.json");
            assertThat(zip.getInputStream(extra)).hasBinaryContent(NOTE);
        }
    }

    @Test
    void everyRecordBeginsAtAMultipleOf64Bytes() throws IOException {
        byte[] bytes = Files.readAllBytes(write());
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (String name : List.of("model/data.pkl", "model/data/0", "model/data/77", "model/version")) {
            int at = text.indexOf(name);
            int extraBytes = (bytes[at - 2] & 0xff) | (bytes[at - 1] & 0xff) << 8;

            assertThat((at + name.length() + extraBytes) % 64).as(name).isZero();
        }
    }

    private Path write() throws IOException {
        Path file = folder.resolve("model.ts");
        LinkedHashMap<String, byte[]> extra = new LinkedHashMap<>();
        extra.put("metadata.json", NOTE);
        TorchScript.write(WEIGHTS, file, extra);
        return file;
    }
}
