package org.voyage.kit.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Array parameter of a statement.
 *
 * @param type name of the element type in PostgreSQL
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the driver, never compared
public record SqlArray(String type, @Nullable Object[] values) {

    public static SqlArray ofTexts(Collection<String> texts) {
        return new SqlArray("text", texts.toArray(String[]::new));
    }

    /** Takes one text, which may be null, from each element. */
    public static <S> SqlArray ofTexts(Collection<S> elements, Function<? super S, @Nullable String> text) {
        return new SqlArray("text", elements.stream().map(text).toArray(String[]::new));
    }

    public static SqlArray ofInts(Collection<Integer> numbers) {
        return new SqlArray("int4", numbers.toArray(Integer[]::new));
    }

    public static SqlArray ofLongs(Collection<Long> numbers) {
        return new SqlArray("int8", numbers.toArray(Long[]::new));
    }

    /** Sets all parameters of a statement: null, {@link SqlArray}, {@link Instant}, enums or types of the driver. */
    static void bindAll(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            switch (parameters[i]) {
                case SqlArray(String type, Object[] values) ->
                    statement.setArray(i + 1, statement.getConnection().createArrayOf(type, values));
                case Instant instant -> statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
                case Enum<?> constant -> statement.setString(i + 1, constant.name());
                case null, default -> statement.setObject(i + 1, parameters[i]);
            }
        }
    }
}
