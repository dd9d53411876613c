package org.voyage.indicators.feature.format;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writer of the first sheet of a report as CSV. No cell is a formula. */
public final class TabularCsvFormat {

    private TabularCsvFormat() {}

    public static byte[] writeReport(TabularReport report) {
        TabularReport.TabularSheet sheet = report.sheets().getFirst();
        CsvTextWriter csv = new CsvTextWriter();
        csv.writeRow(
                sheet.columns().stream().map(TabularReport.TabularColumn::name).toList());
        for (List<@Nullable Object> row : sheet.rows()) {
            csv.writeRow(row.stream().map(TabularCsvFormat::formatCell).toList());
        }
        return csv.toBytes();
    }

    private static String formatCell(@Nullable Object cell) {
        return switch (cell) {
            case null -> "";
            case BigDecimal number -> CsvTextWriter.formatNumber(number);
            case Number number -> number.toString();
            default -> CsvTextWriter.escapeFormula(cell.toString());
        };
    }
}
