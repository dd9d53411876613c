package org.voyage.indicators.feature.format;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.sheet.FormulaEscape;

/** Writer of comma-separated rows (RFC 4180): UTF-8 without a byte order mark, CR LF. */
final class CsvTextWriter {

    private final StringBuilder text = new StringBuilder();

    void writeRow(List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            text.append(i == 0 ? "" : ",").append(quote(cells.get(i)));
        }
        text.append("\r\n");
    }

    byte[] toBytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Puts an apostrophe before a text that a spreadsheet would take for a formula. */
    static String escapeFormula(String text) {
        return FormulaEscape.escapeFormula(text);
    }

    static String formatNumber(@Nullable BigDecimal number) {
        return number == null ? "" : number.toPlainString();
    }

    private static String quote(String cell) {
        return cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + cell.replace("\"", "\"\"") + '"'
                : cell;
    }
}
