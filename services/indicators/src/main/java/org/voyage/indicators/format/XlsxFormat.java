package org.voyage.indicators.format;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dhatim.fastexcel.Workbook;

/** A spreadsheet for people: one sheet per figure, what it is above the values, numbers as numbers. */
final class XlsxFormat {

    private XlsxFormat() {}

    static byte[] write(Report report) {
        try {
            Path file = Files.createTempFile("values", ".xlsx");
            try {
                write(report, file);
                return TimelessZip.of(file, report.position().time());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Report report, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "Voyage", null)) {
            for (Table table : report.tables()) {
                new XlsxSheet(workbook, report, table).write();
            }
        }
    }
}
