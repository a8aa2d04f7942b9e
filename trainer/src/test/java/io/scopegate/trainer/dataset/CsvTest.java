package io.scopegate.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {

    @TempDir
    Path folder;

    private Path csv;

    @BeforeEach
    void nameFile() {
        csv = folder.resolve("list.csv");
    }

    @Test
    void quotedFieldsHoldCommasLineEndsAndQuotes() throws IOException {
        Files.writeString(csv, "file,note\r\na.jpg,\"one, \"\"two\"\"\nthree\"\r\n\r\n\"\",\"\"\"\"");

        assertThat(Csv.read(csv))
                .extracting(Csv.Row::fields)
                .containsExactly(List.of("file", "note"), List.of("a.jpg", "one, \"two\"\nthree"), List.of("", "\""));
    }

    @Test
    void quoteInTheMiddleOfAFieldIsRefusedWithItsLine() throws IOException {
        Files.writeString(csv, "file,label,group\na.jpg,inbody,5\" x\nb.jpg,inbody,y\n");

        assertThatThrownBy(() -> Csv.read(csv))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        csv
                                + ": CSV: line 2: quotes around a whole field, doubled within it, not a single one in the middle");
    }

    @Test
    void quoteThatIsNeverClosedIsRefusedWithTheLineThatItIsIn() throws IOException {
        Files.writeString(csv, "file,note\n\"a\nb\",x\nc.jpg,\"scope 5\nd.jpg,y\n");

        assertThatThrownBy(() -> Csv.read(csv))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(csv + ": CSV: line 4: ")
                .hasMessageEndingWith("not one that is never closed");
    }

    @Test
    void textBehindAClosingQuoteIsRefused() throws IOException {
        Files.writeString(csv, "\"a\"b,c\n");

        assertThatThrownBy(() -> Csv.read(csv))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(csv + ": CSV: line 1: ")
                .hasMessageEndingWith("not one that closes it before its end");
    }

    @Test
    void commaThatIsNotQuotedIsRefusedWithItsLine() throws IOException {
        Files.writeString(csv, "file,label,group\na.jpg,inbody,v,,\nb, with comma.jpg,inbody,v\n");

        assertThatThrownBy(() -> Csv.read(csv))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        csv + ": CSV: line 3: at most 3 fields, as many as the header has, not 4; a comma in a field"
                                + " needs quotes around it");
    }

    @Test
    void byteOrderMarkIsNoPartOfTheFirstField() throws IOException {
        Files.writeString(csv, "\ufefffile,label\n");

        assertThat(Csv.read(csv)).extracting(Csv.Row::fields).containsExactly(List.of("file", "label"));
    }

    @Test
    void nonUtf8FileIsRefused() throws IOException {
        Files.write(csv, "file\nBäuche.jpg\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Csv.read(csv)).isInstanceOf(IOException.class).hasMessage(csv + ": not in UTF-8");
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> Csv.read(csv)).hasMessage(csv + ": no such file");
    }
}
