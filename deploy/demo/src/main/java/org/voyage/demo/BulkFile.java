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

/** Rows of one type as a file for the bulk door: one JSON object a line, or a table. */
record BulkFile(String contentType, byte[] bytes) {

    static BulkFile ndjson(List<Entry> entries) {
        String text = entries.stream().map(entry -> Api.json(row(entry)) + "\n").collect(Collectors.joining());
        return new BulkFile("application/x-ndjson", text.getBytes(StandardCharsets.UTF_8));
    }

    /** With the names of the fields above the columns. */
    static BulkFile csv(List<Entry> entries) {
        return csv(entries, StandardCharsets.UTF_8, Map.of());
    }

    /** As a Chinese spreadsheet program saves it: in its own encoding, under the headings of the template. */
    static BulkFile gb18030(List<Entry> entries) {
        return csv(
                entries,
                Charset.forName("GB18030"),
                Headings.of(entries.getFirst().type()));
    }

    /** A spreadsheet under the headings of the template. */
    static BulkFile xlsx(List<Entry> entries) {
        RecordType type = entries.getFirst().type();
        List<Map<String, Object>> rows = rows(entries);
        return new BulkFile(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                Spreadsheet.of(type.path, columns(rows), Headings.of(type), rows));
    }

    private static BulkFile csv(List<Entry> entries, Charset charset, Map<String, String> headings) {
        List<Map<String, Object>> rows = rows(entries);
        Set<String> columns = columns(rows);
        StringBuilder text = new StringBuilder(columns.stream()
                        .map(column -> headings.getOrDefault(column, column))
                        .collect(Collectors.joining(",")))
                .append("\r\n");
        for (Map<String, Object> row : rows) {
            text.append(columns.stream()
                            .map(column -> quoted(cell(row.getOrDefault(column, ""))))
                            .collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return new BulkFile(
                "text/csv; charset=" + charset.name().toLowerCase(Locale.ROOT),
                text.toString().getBytes(charset));
    }

    private static List<Map<String, Object>> rows(List<Entry> entries) {
        return entries.stream().map(BulkFile::row).toList();
    }

    private static Set<String> columns(List<Map<String, Object>> rows) {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        return columns;
    }

    private static Map<String, Object> row(Entry entry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("sourceId", entry.sourceId());
        row.putAll(entry.fields());
        return row;
    }

    /** A value as people write it into a table. */
    static String cell(Object value) {
        return switch (value) {
            case List<?> items -> items.stream().map(BulkFile::cell).collect(Collectors.joining("|"));
            case School.Partner partner -> partner.name() + ":" + partner.country();
            default -> value.toString();
        };
    }

    private static String quoted(String cell) {
        boolean needed = cell.contains(",") || cell.contains("\"") || cell.contains("\n");
        return needed ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
