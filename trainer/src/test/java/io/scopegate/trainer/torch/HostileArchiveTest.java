package io.scopegate.trainer.torch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileArchiveTest {

    private static final String KEY = "last_linear.bias";
    private static final Map<String, Shape> SHAPES = TorchKeys.shapes(TestArchive.NETWORK);
    private static final int DIRECTORY_ENTRY = 0x02014b50;

    /**
     * A memo slot for {@code BINPUT} and {@code BINGET}. Its number is one byte, as an opcode is, and written as one.
     */
    private static final Opcode SLOT = Opcode.MARK;

    @TempDir
    Path folder;

    @Test
    void truncatedZipIsRefused() throws IOException {
        Path whole = new TestArchive().write(folder.resolve("whole.pt"));
        byte[] bytes = Files.readAllBytes(whole);

        Path file = Files.write(folder.resolve("model.pt"), Arrays.copyOf(bytes, bytes.length / 2));

        assertRefused(file, "not a zip file as torch.save writes it");
    }

    @Test
    void everyTruncationOfThePickleIsRefused() throws IOException {
        byte[] pickle = new PickleWriter()
                .dictionary()
                .operation(Opcode.MARK)
                .text(KEY)
                .tensor(0, ElementType.FLOAT32, new Shape(147), false)
                .operation(Opcode.SETITEMS)
                .finish();
        for (int length = 0; length < pickle.length; length++) {
            Path file = TestArchive.write(folder.resolve("model.pt"), Arrays.copyOf(pickle, length));

            assertRefused(file, "data.pkl: byte ");
        }
    }

    @Test
    void functionIsRefusedByName() throws IOException {
        PickleWriter pickle = new PickleWriter().name("os", "system").text("touch here");
        pickle.operation(Opcode.TUPLE1).operation(Opcode.REDUCE);

        assertRefused(pickle, "data.pkl: byte 2: GLOBAL: tensors and dictionaries only; refused: os.system");
    }

    @Test
    void moduleClassIsRefusedOutsideTorchScript() throws IOException {
        assertRefused(new PickleWriter().name("__torch__.any", "Thing"), "refused: __torch__.any.Thing");
    }

    @Test
    void callOfWhatIsNoFunctionIsRefused() throws IOException {
        PickleWriter pickle = new PickleWriter().name("torch", "FloatStorage").operation(Opcode.EMPTY_TUPLE);

        assertRefused(pickle.operation(Opcode.REDUCE), "REDUCE: refused: torch.FloatStorage called");
    }

    @Test
    void otherOperationsAreRefusedByName() throws IOException {
        assertRefused(new PickleWriter().operation(Opcode.STACK_GLOBAL), "STACK_GLOBAL: not an operation of a state");
        assertRefused(new PickleWriter().operation(Opcode.INST), "INST: not an operation of a state");
        assertRefused(new PickleWriter().operation(Opcode.PERSID), "PERSID: not an operation of a state");
    }

    @Test
    void persistentIdOfAnythingElseIsRefused() throws IOException {
        PickleWriter pickle = new PickleWriter().text("elsewhere").operation(Opcode.BINPERSID);

        assertRefused(pickle, "BINPERSID: a storage's id, not the text elsewhere");
    }

    @Test
    void storageNamesAreNumbers() throws IOException {
        PickleWriter pickle = new PickleWriter().operation(Opcode.MARK).text("storage");
        pickle.name("torch", "FloatStorage").text("../../secret").text("cpu").whole(1);

        assertRefused(
                pickle.operation(Opcode.TUPLE).operation(Opcode.BINPERSID),
                "a storage's number, not the text ../../secret");
    }

    @Test
    void declaredSizeThatTheFileDoesNotHoldIsRefused() throws IOException {
        Path file = new TestArchive()
                .put(KEY, TestArchive.view(0, Integer.MAX_VALUE, 0, new Shape(2), 1))
                .write(folder.resolve("model.pt"));

        assertRefused(file, "data/0: 8589934588 bytes, not 588");
    }

    @Test
    void tensorBeyondItsStorageIsRefused() throws IOException {
        Path file = new TestArchive()
                .put(KEY, TestArchive.view(0, 147, 146, new Shape(2), 1))
                .write(folder.resolve("model.pt"));

        assertRefused(file, "a tensor within its storage of 147 elements, not offset 146");
    }

    /** With strides of 0, a storage of 147 elements would become a tensor of 2^60. */
    @Test
    void zeroStrideTensorLargerThanItsStorageIsRefused() throws IOException {
        Path file = new TestArchive()
                .put(KEY, TestArchive.view(0, 147, 0, new Shape(1 << 30, 1 << 30), 0, 0))
                .write(folder.resolve("model.pt"));

        assertRefused(file, "a tensor within its storage of 147 elements, not offset 0");
    }

    @Test
    void namesThatLeadOutOfTheArchiveAreRefused() throws IOException {
        Path file = folder.resolve("model.pt");
        try (OutputStream out = Files.newOutputStream(file);
                RecordWriter records = new RecordWriter(out, "any/../..")) {
            records.write("data.pkl", new PickleWriter().dictionary().finish());
        }

        assertRefused(file, "records with plain names, not any/../../data.pkl");
    }

    @Test
    void archiveWithTwoPicklesIsRefused() throws IOException {
        Path file = folder.resolve("model.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("any/data.pkl"));
            zip.putNextEntry(new ZipEntry("other/data.pkl"));
        }

        assertRefused(file, "one record FOLDER/data.pkl, not any/data.pkl and other/data.pkl");
    }

    @Test
    void compressedRecordIsRefusedUnread() throws IOException {
        Path file = folder.resolve("model.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("any/data.pkl"));
            zip.write(new byte[1 << 20]);
        }

        assertRefused(file, "data.pkl: stored as torch.save does it, not compressed");
    }

    @Test
    void damagedTensorIsRefused() throws IOException {
        Path file = new TestArchive().write(folder.resolve("model.pt"));
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("any/data/0") + 200] ^= 1;
        Files.write(file, bytes);

        assertRefused(file, "data/0: damaged: checksum");
    }

    /**
     * All storages of a zip point to the same 8000 bytes, so that they would take far more memory than the file is
     * long.
     */
    @Test
    void overlappingRecordsAreRefused() throws IOException {
        Path file = folder.resolve("model.pt");
        byte[] pickle = tensorsInStoragesOf(2000);
        try (OutputStream out = Files.newOutputStream(file);
                RecordWriter records = new RecordWriter(out, "any")) {
            records.write("data.pkl", pickle).write("data/0", new byte[8000]);
            for (int k = 1; k < SHAPES.size(); k++) {
                records.write("data/" + k, new byte[0]);
            }
        }
        Files.write(file, layOnTheFirst(Files.readAllBytes(file)));

        assertRefused(file, ": 8000 bytes of its own, not ones that other records have too");
    }

    private static byte[] tensorsInStoragesOf(int elements) {
        PickleWriter pickle = new PickleWriter().dictionary().operation(Opcode.MARK);
        int record = 0;
        for (var entry : SHAPES.entrySet()) {
            Shape shape = entry.getValue();
            pickle.text(entry.getKey());
            if (TorchKeys.counter(entry.getKey())) {
                pickle.tensor(record++, ElementType.INT64, shape, false);
            } else {
                TestArchive.view(record++, elements, 0, shape, new long[shape.dimension()])
                        .accept(pickle);
            }
        }
        return pickle.operation(Opcode.SETITEMS).finish();
    }

    /**
     * Changes the zip's directory so that all entries named {@code any/data/...} have checksum, sizes and offset of the
     * first of them.
     */
    private static byte[] layOnTheFirst(byte[] zip) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int first = -1;
        for (int at = bytes.getInt(zip.length - 6); bytes.getInt(at) == DIRECTORY_ENTRY; ) {
            int nameBytes = bytes.getShort(at + 28);
            String name = new String(zip, at + 46, nameBytes, StandardCharsets.US_ASCII);
            if (name.startsWith("any/data/") && first < 0) {
                first = at;
            } else if (name.startsWith("any/data/")) {
                System.arraycopy(zip, first + 16, zip, at + 16, 12);
                System.arraycopy(zip, first + 42, zip, at + 42, 4);
            }
            at += 46 + nameBytes + bytes.getShort(at + 30) + bytes.getShort(at + 32);
        }
        return zip;
    }

    /**
     * {@code BUILD} copies the same 65,536 attributes into a module again and again, at the cost of a few bytes each
     * time.
     */
    @Test
    void dictionaryThatIsCopiedAgainAndAgainIsRefused() {
        PickleWriter pickle = new PickleWriter().name("__torch__", "M").operation(Opcode.EMPTY_TUPLE);
        pickle.operation(Opcode.NEWOBJ).dictionary().operation(Opcode.MARK);
        for (int k = 0; k < 65_536; k++) {
            pickle.text(String.valueOf(k)).flag(true);
        }
        pickle.operation(Opcode.SETITEMS).operation(Opcode.BINPUT).operation(SLOT);
        for (int k = 0; k < 40; k++) {
            pickle.operation(Opcode.BUILD).operation(Opcode.BINGET).operation(SLOT);
        }

        assertThatThrownBy(() -> Unpickler.read(pickle.operation(Opcode.BUILD).finish(), PickledNames.SCRIPT))
                .hasMessageContaining("BUILD: at most 2000000 attributes of modules in all, not 2031616");
    }

    @Test
    void pickleThatIsNoZipIsRefused() throws IOException {
        Path file = Files.write(
                folder.resolve("old.pt"), new PickleWriter().dictionary().finish());

        assertRefused(file, "not a zip file as torch.save writes it");
    }

    @Test
    void moduleThatContainsItselfIsRefused() {
        Pickled.Module module = Pickled.Module.empty();
        module.attributes().put("inner", module);

        assertThatThrownBy(() -> NamedTensors.in(module)).hasMessageContaining("modules nested at most 16 deep");
    }

    private void assertRefused(PickleWriter pickle, String reason) throws IOException {
        assertRefused(TestArchive.write(folder.resolve("model.pt"), pickle.finish()), reason);
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> TorchWeights.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }
}
