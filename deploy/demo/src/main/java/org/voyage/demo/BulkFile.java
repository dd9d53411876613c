package org.voyage.demo;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rows of one type as a file for the bulk door: one JSON object a line, or a table. */
record BulkFile(String contentType, String text) {

    static BulkFile ndjson(List<Entry> entries) {
        return new BulkFile(
                "application/x-ndjson",
                entries.stream().map(entry -> Api.json(row(entry)) + "\n").collect(Collectors.joining()));
    }

    static BulkFile csv(List<Entry> entries) {
        List<Map<String, Object>> rows = entries.stream().map(BulkFile::row).toList();
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        StringBuilder text = new StringBuilder(String.join(",", columns)).append("\r\n");
        for (Map<String, Object> row : rows) {
            text.append(columns.stream()
                            .map(column -> quoted(cell(row.getOrDefault(column, ""))))
                            .collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return new BulkFile("text/csv; charset=utf-8", text.toString());
    }

    private static Map<String, Object> row(Entry entry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("sourceId", entry.sourceId());
        row.putAll(entry.fields());
        return row;
    }

    private static String cell(Object value) {
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
