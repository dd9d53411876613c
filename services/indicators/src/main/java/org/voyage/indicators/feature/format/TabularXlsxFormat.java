package org.voyage.indicators.feature.format;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusal;

/** Writer of a report as a spreadsheet for people. Texts are texts, so that none becomes a formula. */
public final class TabularXlsxFormat {

    private static final Logger LOG = Logger.getLogger(TabularXlsxFormat.class);
    private static final int RETRY_AFTER_SECONDS = 60;
    private static final int FLUSH_ROWS = 500;
    private static final int COLUMN_WIDTH = 18;
    private static final String TEXT_FORMAT = "@";
    private static final String INTEGER_FORMAT = "#,##0";
    private static final String DECIMAL_FORMAT = "#,##0.00";

    private TabularXlsxFormat() {}

    /** @throws Refusal.Unavailable when the file cannot be written, as on a full disk */
    public static byte[] writeReport(TabularReport report) {
        try {
            Path file = Files.createTempFile("report", ".xlsx");
            try {
                writeReportTo(report, file);
                return DeterministicZip.rewrite(file, report.time());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.error("a spreadsheet could not be written", e);
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
    }

    private static void writeReportTo(TabularReport report, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "Voyage", null)) {
            for (TabularReport.TabularSheet sheet : report.sheets()) {
                writeSheet(workbook.newWorksheet(sheet.title().zh()), sheet);
            }
        }
    }

    private static void writeSheet(Worksheet to, TabularReport.TabularSheet sheet) throws IOException {
        for (int column = 0; column < sheet.columns().size(); column++) {
            TabularReport.TabularColumn heading = sheet.columns().get(column);
            to.width(column, COLUMN_WIDTH);
            to.inlineString(
                    0, column, heading.label().zh() + "\n" + heading.label().en());
            to.style(0, column)
                    .bold()
                    .wrapText(true)
                    .fillColor("D9E1F2")
                    .format(TEXT_FORMAT)
                    .set();
        }
        to.freezePane(0, 1);
        int place = 0;
        for (List<@Nullable Object> row : sheet.rows()) {
            place++;
            for (int column = 0; column < row.size(); column++) {
                writeCell(to, place, column, row.get(column));
            }
            if (place % FLUSH_ROWS == 0) {
                to.flush();
            }
        }
    }

    private static void writeCell(Worksheet to, int row, int column, @Nullable Object cell) {
        switch (cell) {
            case null -> {}
            case BigDecimal number -> {
                to.value(row, column, number);
                to.style(row, column)
                        .format(number.scale() > 0 ? DECIMAL_FORMAT : INTEGER_FORMAT)
                        .set();
            }
            case Number number -> to.value(row, column, number);
            default -> {
                String text = cell.toString();
                if (!text.isEmpty()) {
                    to.inlineString(row, column, text);
                    to.style(row, column).format(TEXT_FORMAT).set();
                }
            }
        }
    }
}
