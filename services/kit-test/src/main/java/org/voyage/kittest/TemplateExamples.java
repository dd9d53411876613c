package org.voyage.kittest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/** File with the examples of a template's second sheet under the headings of the first, as a clerk would copy them. */
final class TemplateExamples {

    /** First row of the second sheet: title, instruction and headings are above it. */
    private static final int FIRST_ROW = 5;

    private static final int HEADING_COLUMN = 0;
    private static final int EXAMPLE_COLUMN = 7;

    private TemplateExamples() {}

    /** Returns a CSV file of one row. */
    static String toCsv(byte[] template) throws IOException {
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(template))) {
            List<Row> fields = workbook.getSheet(1).orElseThrow().read().stream()
                    .filter(row -> row.getRowNum() >= FIRST_ROW)
                    .toList();
            return toLine(fields, HEADING_COLUMN) + toLine(fields, EXAMPLE_COLUMN);
        }
    }

    private static String toLine(List<Row> fields, int column) {
        return fields.stream()
                .map(field -> '"' + field.getCellText(column).replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(",", "", "\n"));
    }
}
