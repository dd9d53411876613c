package org.voyage.kit.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * Cursor to the next page of a list: the sort keys of the last item shown, opaque to the caller. It belongs to one
 * caller, one list and its filters; otherwise, or changed by a single character, {@link CursorCodec} refuses it. It is
 * no secret and no permission: every page checks the scope of the caller again.
 */
public final class Cursor {
    /** Limits of what PostgreSQL and JSON can hold in any time zone. */
    private static final Instant FIRST_INSTANT = Instant.parse("0001-01-02T00:00:00Z");

    private static final Instant LAST_INSTANT = Instant.parse("9999-12-30T00:00:00Z");

    private final List<String> keys;

    Cursor(List<String> keys) {
        this.keys = keys;
    }

    public String text(int index) {
        return keys.get(index);
    }

    public long integer(int index) {
        return value(index, Long::parseLong);
    }

    public Instant instant(int index) {
        return value(index, text -> {
            var instant = Instant.parse(text);
            if (instant.isBefore(FIRST_INSTANT) || instant.isAfter(LAST_INSTANT)) {
                throw new DateTimeException("out of range");
            }
            return instant;
        });
    }

    public UUID uuid(int index) {
        return value(index, UUID::fromString);
    }

    /**
     * Reads a key of another type.
     *
     * @param read throws an {@link IllegalArgumentException} for an invalid text
     */
    public <T> T value(int index, Function<String, T> read) {
        try {
            return read.apply(keys.get(index));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw malformed();
        }
    }

    static Refusal.Malformed malformed() {
        return new Refusal.Malformed(Finding.query(
                "cursor",
                "cursor",
                "This is not a cursor of this list with these filters for this caller; begin again without one.",
                "该游标不属于当前调用方、此列表或此筛选条件，请去掉游标重新开始。"));
    }
}
