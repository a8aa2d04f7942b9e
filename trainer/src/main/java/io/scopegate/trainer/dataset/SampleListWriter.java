package io.scopegate.trainer.dataset;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.dataset.SampleList.Sample;
import io.scopegate.trainer.file.WholeFile;
import java.io.IOException;
import java.nio.file.Path;

/** Writes sample lists in the format of Python's {@code json.dump(list, indent=4, separators=(",", ":"))}. */
final class SampleListWriter {

    private static final ObjectWriter JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build()
            .writer(python());

    private SampleListWriter() {}

    private static DefaultPrettyPrinter python() {
        DefaultIndenter four = new DefaultIndenter("    ", "\n");
        Separators tight = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Spacing.NONE)
                .withObjectEntrySpacing(Spacing.NONE)
                .withArrayValueSpacing(Spacing.NONE);
        return new DefaultPrettyPrinter(tight).withArrayIndenter(four).withObjectIndenter(four);
    }

    private static byte[] bytes(SampleList list) throws IOException {
        ArrayNode root = JsonNodeFactory.instance.arrayNode();
        for (Sample sample : list.samples()) {
            ObjectNode entry = root.addObject();
            entry.put("image", sample.image());
            entry.put("label", sample.label().ordinal());
            sample.group().ifPresent(group -> entry.put("group", group));
        }
        return JSON.writeValueAsBytes(root);
    }

    static void write(SampleList list, Path file) throws IOException {
        byte[] bytes = bytes(list);
        WholeFile.write(file, out -> out.write(bytes));
    }
}
