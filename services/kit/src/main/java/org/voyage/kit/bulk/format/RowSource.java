package org.voyage.kit.bulk.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.privacy.QuotedValues;

/** The rows of a file, one after the other, holding no more than one of them. */
public interface RowSource extends Closeable {
    /** Stands where a personal value stood. */
    String HIDDEN = QuotedValues.REDACTED;

    /** Name of a cell under no heading; it is hidden, whatever it holds. */
    String NAMELESS = "";

    /**
     * What of a refused row is kept.
     *
     * @param whole whether it is the whole row, personal values hidden
     */
    record RetainedRow(String raw, boolean whole) {
        static final RetainedRow NOTHING_RETAINED = new RetainedRow("", false);

        static RetainedRow wholeRow(ParsedRow row) {
            return new RetainedRow(new String(row.raw(), StandardCharsets.UTF_8), row.whole());
        }
    }

    /** The next row, or null at the end. */
    @Nullable
    ParsedRow nextRow() throws IOException;

    /** How many bytes of the file lie behind, up to its size after the last row; in a spreadsheet about so many. */
    long position();

    /** The headings as they were sent, a CSV line or a JSON array; null for a format without them. */
    @Nullable
    String header();

    /** Whether the file began with a byte order mark. */
    boolean hasByteOrderMark();

    /** Whether rows have a place for who somebody is: then what stands in the wrong place may be a name. */
    boolean mayHoldPersonalData();

    /**
     * What of a row may be kept: nothing personal in a form that can be read.
     *
     * @param hides whether the value of a field is hidden; asked only if the file {@link #mayHoldPersonalData}
     */
    RetainedRow retain(ParsedRow row, ValueHider hides);

    @Override
    default void close() throws IOException {}

    /** What of a row is not kept as it was sent. */
    @FunctionalInterface
    interface ValueHider {
        boolean hidesValue(String name, String value);

        /** Whether a name that the sender chose is one of what must be hidden. */
        default boolean hidesName(String name) {
            return false;
        }
    }
}
