package io.scopegate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.audit.ChainLink.BrokenLineException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads lines out of bytes: at the limits of blocks and of the longest line, and behind the last line break. */
class LogLinesTest {

    @Test
    void linesExcludeTheirBreaksAndTheUnterminatedRemains() throws Exception {
        LogLines lines = of("a\n\n\u00e4b\nrest");

        assertThat(all(lines)).containsExactly("a", "", "\u00e4b");
        assertThat(lines.remainsFrom()).isEqualTo(7);
        assertThat(lines.size()).isEqualTo(11);
    }

    @Test
    void aFileWithoutALineHasNoneAndNoRemains() throws Exception {
        LogLines lines = of("");

        assertThat(all(lines)).isEmpty();
        assertThat(lines.remainsFrom()).isZero();
        assertThat(lines.size()).isZero();
    }

    @Test
    void linesMayBeOfAnyLengthBesideThatOfABlock() throws Exception {
        List<String> written = new ArrayList<>();
        for (int length : List.of(65_534, 65_535, 65_536, 65_537, 200_000, 1)) {
            written.add("x".repeat(length));
        }

        assertThat(all(of(String.join("\n", written) + "\n"))).isEqualTo(written);
    }

    @Test
    void noMoreOfAFileIsReadThanItsNextLineNeeds() throws Exception {
        Endless bytes = new Endless("0123456\n");
        LogLines lines = new LogLines(bytes);

        assertThat(lines.next()).isEqualTo("0123456");
        assertThat(lines.next()).isEqualTo("0123456");

        assertThat(bytes.given).isLessThanOrEqualTo(ChainLink.MOST_BYTES);
    }

    @Test
    void theLongestLineIsReadAndALongerOneIsBroken() throws Exception {
        String longest = "x".repeat(ChainLink.MOST_BYTES - 1);
        LogLines lines = of(longest + "\n" + longest + "x\n");

        assertThat(lines.next()).isEqualTo(longest);
        assertThatThrownBy(lines::next)
                .isInstanceOf(BrokenLineException.class)
                .hasMessage("at most 1048576 bytes with its line break, not 1048577");
    }

    @Test
    void remainsMayBeLongerThanAnyLine() throws Exception {
        LogLines lines = of("a\n" + "x".repeat(3 * ChainLink.MOST_BYTES));

        assertThat(all(lines)).containsExactly("a");
        assertThat(lines.remainsFrom()).isEqualTo(2);
        assertThat(lines.size()).isEqualTo(2 + 3 * ChainLink.MOST_BYTES);
    }

    private static LogLines of(String text) {
        return new LogLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> all(LogLines lines) throws IOException, BrokenLineException {
        List<String> all = new ArrayList<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            all.add(line);
        }
        return all;
    }

    /** An endless stream that repeats a text, and counts the bytes it has given out. */
    private static final class Endless extends InputStream {
        private final byte[] text;
        private long given;

        Endless(String text) {
            this.text = text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            return text[(int) (given++ % text.length)];
        }
    }
}
