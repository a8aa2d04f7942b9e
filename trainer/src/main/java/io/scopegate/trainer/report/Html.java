package io.scopegate.trainer.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Building blocks of the page. Texts are escaped, unless they are HTML already. */
final class Html {

    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Formats a number with three decimal places, or a dash if there is none. */
    static String number(Optional<Double> value) {
        return value.map(Html::number).orElse("–");
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** Formats a number with at most three decimal places, without trailing zeros. */
    static String brief(double value) {
        return brief(value, 3);
    }

    /** Formats a number with at most this many decimal places, without trailing zeros. */
    static String brief(double value, int places) {
        String text = String.format(Locale.ROOT, "%." + places + "f", value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }

    /** Returns a table. The first cell of each row is the row's header. */
    static String table(String caption, List<String> header, List<List<String>> rows) {
        return """
                <div class="scroll"><table><caption>%s</caption><thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>
                """.formatted(
                        escape(caption),
                        header.stream()
                                .map(cell -> "<th scope=\"col\">" + escape(cell) + "</th>")
                                .collect(Collectors.joining()),
                        rows.stream().map(row -> row("", row)).collect(Collectors.joining()));
    }

    static String row(String style, List<String> cells) {
        StringBuilder row = new StringBuilder(style.isEmpty() ? "<tr>" : "<tr class=\"" + style + "\">");
        row.append("<th scope=\"row\">").append(escape(cells.getFirst())).append("</th>");
        cells.subList(1, cells.size())
                .forEach(cell -> row.append("<td>").append(escape(cell)).append("</td>"));
        return row.append("</tr>\n").toString();
    }

    /** Returns a plot with its heading and a table with the same content. */
    static String figure(Plot plot, String table) {
        return """
                <figure class="card%s"><figcaption><h3>%s</h3><p>%s</p></figcaption>
                %s<details><summary>As a table</summary>%s</details></figure>
                """.formatted(
                plot.wide() ? " wide" : "", escape(plot.title()), escape(plot.description()), plot.svg(), table);
    }
}
