package org.voyage.kit.sheet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;

/**
 * Headings that a bureau has mapped to fields of a record, or that it does not want to be read. It applies to headings
 * that the record does not have itself.
 */
public final class ColumnMapping {

    /** Mapping without headings. */
    public static final ColumnMapping NONE = new ColumnMapping(List.of());

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<MappedColumn>> COLUMNS = new TypeReference<>() {};

    private final List<MappedColumn> columns;
    private final Map<String, MappedColumn> byHeading = new LinkedHashMap<>();

    /**
     * A heading and the field that it means.
     *
     * @param field name of the field; null if the column is not read
     */
    public record MappedColumn(String heading, @Nullable String field) {}

    public ColumnMapping(List<MappedColumn> columns) {
        this.columns = List.copyOf(columns);
        columns.forEach(column -> byHeading.put(CellTextParser.fold(column.heading()), column));
    }

    /** Returns the mapping of a JSON text; null is the mapping without headings. */
    public static ColumnMapping parse(@Nullable String json) {
        try {
            return json == null ? NONE : new ColumnMapping(JSON.readValue(json, COLUMNS));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the mapping as JSON; null if it has no headings. */
    public @Nullable String toJson() {
        try {
            return columns.isEmpty() ? null : JSON.writeValueAsString(columns);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<MappedColumn> columns() {
        return columns;
    }

    boolean has(String heading) {
        return byHeading.containsKey(CellTextParser.fold(heading));
    }

    /** Returns the field of a heading; null if its column is not read, or the heading is not mapped. */
    @Nullable
    String fieldOf(String heading) {
        var column = byHeading.get(CellTextParser.fold(heading));
        return column == null ? null : column.field();
    }
}
