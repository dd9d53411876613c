package org.voyage.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writer of rows as one sheet of an .xlsx file, like a template that a clerk fills in. */
final class SpreadsheetWriter {

    private SpreadsheetWriter() {}

    static byte[] toXlsx(
            String name, Set<String> columns, Map<String, String> headings, List<Map<String, Object>> rows) {
        var bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "Voyage", "1.0")) {
            Worksheet sheet = workbook.newWorksheet(name);
            int column = 0;
            for (String field : columns) {
                sheet.value(0, column, headings.getOrDefault(field, field));
                for (int row = 0; row < rows.size(); row++) {
                    Object value = rows.get(row).get(field);
                    if (value instanceof Integer number) {
                        sheet.value(row + 1, column, number);
                    } else if (value instanceof Boolean flag) {
                        sheet.value(row + 1, column, flag ? "是" : "否");
                    } else if (value != null) {
                        sheet.value(row + 1, column, BulkFile.toCell(value));
                    }
                }
                column++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
