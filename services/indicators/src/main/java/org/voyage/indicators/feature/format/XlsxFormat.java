package org.voyage.indicators.feature.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dhatim.fastexcel.Workbook;
import org.jboss.logging.Logger;
import org.voyage.kit.problem.Refusal;

/** Writer of spreadsheets for people: one sheet per figure, its description above the values, numbers as numbers. */
final class XlsxFormat {

    private static final Logger LOG = Logger.getLogger(XlsxFormat.class);
    private static final int RETRY_AFTER_SECONDS = 60;

    private XlsxFormat() {}

    /** @throws Refusal.Unavailable when the file cannot be written, as on a full disk */
    static byte[] writeReport(ValuesReport report) {
        try {
            Path file = Files.createTempFile("values", ".xlsx");
            try {
                writeReportTo(report, file);
                return DeterministicZip.rewrite(file, report.position().time());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.error("a spreadsheet could not be written", e);
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
    }

    private static void writeReportTo(ValuesReport report, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "Voyage", null)) {
            for (ReportTable table : report.tables()) {
                new XlsxSheet(workbook, report, table).writeSheet();
            }
        }
    }
}
