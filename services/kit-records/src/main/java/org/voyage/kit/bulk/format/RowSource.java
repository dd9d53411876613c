package org.voyage.kit.bulk.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.privacy.RepeatedInputValues;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.sheet.FileColumn;

/** Source of the rows of a file, one after the other, holding no more than one of them. */
public interface RowSource extends Closeable {
    /** Replaces a personal value. */
    String HIDDEN = RepeatedInputValues.REDACTED;

    /** Name of a cell under no heading; it is hidden, whatever it holds. */
    String NAMELESS = "";

    /**
     * The stored part of a refused row.
     *
     * @param whole whether it is the whole row, personal values hidden
     */
    record RetainedRow(String raw, boolean whole) {
        static final RetainedRow NOTHING_RETAINED = new RetainedRow("", false);

        static RetainedRow wholeRow(ParsedRow row) {
            return new RetainedRow(new String(row.raw(), StandardCharsets.UTF_8), row.whole());
        }
    }

    /** Returns the next row, or null at the end. */
    @Nullable
    ParsedRow nextRow() throws IOException;

    /** Returns warnings about the parts of the file that are no record, with the number of their rows; complete at the end. */
    default Map<Finding, Long> ignoredParts() {
        return Map.of();
    }

    /** Returns how each column of a table was read; none for a format without columns. */
    default List<FileColumn> columns() {
        return List.of();
    }

    /**
     * Requires that the rows can be read; to be called before the first row.
     *
     * @throws org.voyage.kit.problem.Refusal with all unknown, missing and repeated columns
     */
    default void requireReadableColumns() {}

    /** Returns the number of bytes read, up to the file's size after the last row; for a spreadsheet an estimate. */
    long position();

    /**
     * Returns the headings as they were sent, a CSV line or a JSON array; null for a format without them, and if one may not
     * be a heading.
     */
    @Nullable
    String header();

    /** Returns whether the file began with a byte order mark. */
    boolean hasByteOrderMark();

    /** Returns whether the record has personal fields. Then a value in a wrong place may be a name. */
    boolean mayHoldPersonalData();

    /**
     * Returns the part of a row that may be stored: no personal value in readable form.
     *
     * @param hides whether the value of a field is hidden
     */
    RetainedRow retain(ParsedRow row, ValueHider hides);

    @Override
    default void close() throws IOException {}

    /** Predicate for the parts of a row that are not stored as sent. */
    @FunctionalInterface
    interface ValueHider {
        boolean hidesValue(String name, String value);

        /** Returns whether a property name of the sender must be hidden. */
        default boolean hidesName(String name) {
            return false;
        }
    }
}
