package org.voyage.demo;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Upload file with rows of one type: one JSON object per line, or a table. */
record BulkFile(String contentType, byte[] bytes) {

    static BulkFile ndjson(List<? extends BureauRecord> entries) {
        String text = entries.stream()
                .map(entry -> ApiClient.toJson(toRow(entry)) + "\n")
                .collect(Collectors.joining());
        return new BulkFile("application/x-ndjson", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a CSV file with field names above the columns. */
    static BulkFile csv(List<? extends BureauRecord> entries) {
        return csv(entries, StandardCharsets.UTF_8, Map.of());
    }

    /**
     * Returns a CSV file as a Chinese spreadsheet program saves it: in its own encoding, under the headings of the
     * template.
     */
    static BulkFile gb18030(List<? extends BureauRecord> entries) {
        return csv(
                entries,
                Charset.forName("GB18030"),
                TemplateHeadings.headingsOf(entries.getFirst().type()));
    }

    /** Returns a spreadsheet under the headings of the template. */
    static BulkFile xlsx(List<? extends BureauRecord> entries) {
        DemoRecordType type = entries.getFirst().type();
        List<Map<String, Object>> rows = toRows(entries);
        return new BulkFile(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                SpreadsheetWriter.toXlsx(type.path, columnsOf(rows), TemplateHeadings.headingsOf(type), rows));
    }

    private static BulkFile csv(List<? extends BureauRecord> entries, Charset charset, Map<String, String> headings) {
        List<Map<String, Object>> rows = toRows(entries);
        Set<String> columns = columnsOf(rows);
        StringBuilder text = new StringBuilder(columns.stream()
                        .map(column -> headings.getOrDefault(column, column))
                        .collect(Collectors.joining(",")))
                .append("\r\n");
        for (Map<String, Object> row : rows) {
            text.append(columns.stream()
                            .map(column -> quote(toCell(row.getOrDefault(column, ""))))
                            .collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return new BulkFile(
                "text/csv; charset=" + charset.name().toLowerCase(Locale.ROOT),
                text.toString().getBytes(charset));
    }

    private static List<Map<String, Object>> toRows(List<? extends BureauRecord> entries) {
        return entries.stream().map(BulkFile::toRow).toList();
    }

    private static Set<String> columnsOf(List<Map<String, Object>> rows) {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        return columns;
    }

    private static Map<String, Object> toRow(BureauRecord entry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("sourceId", entry.sourceId());
        row.putAll(entry.fields());
        return row;
    }

    /** Returns a value as people write it into a table. */
    static String toCell(Object value) {
        return switch (value) {
            case List<?> items -> items.stream().map(BulkFile::toCell).collect(Collectors.joining("|"));
            case Map<?, ?> partner -> partner.get("name") + ":" + partner.get("country");
            default -> value.toString();
        };
    }

    private static String quote(String cell) {
        boolean needed = cell.contains(",") || cell.contains("\"") || cell.contains("\n");
        return needed ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
