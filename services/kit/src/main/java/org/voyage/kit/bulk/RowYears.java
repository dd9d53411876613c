package org.voyage.kit.bulk;

import java.sql.Connection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.web.CellText;

/**
 * What became of the rows of a chunk, by the year that they are about.
 *
 * @param field whose text begins with the year; null if the record has none
 */
record RowYears(
        UUID batch,
        Chunk chunk,
        List<RowOutcome> outcomes,
        @Nullable String field) {

    /** Of rows that say no year: those that cannot be read, or withdraw a record by its key alone. */
    private static final int UNKNOWN = 0;

    private static final String COUNT = """
            insert into batch_year (batch_id, year, received, parked, refused)
            select ?, y, r, p, f from unnest(?::int[], ?::bigint[], ?::bigint[], ?::bigint[]) as t (y, r, p, f)
            on conflict (batch_id, year, province) do update
               set received = batch_year.received + excluded.received, parked = batch_year.parked + excluded.parked,
                   refused = batch_year.refused + excluded.refused""";

    private record Counts(long received, long parked, long refused) {
        Counts and(Counts other) {
            return new Counts(received + other.received, parked + other.parked, refused + other.refused);
        }
    }

    void count(Connection connection) {
        var years = new TreeMap<Integer, Counts>();
        for (int i = 0; i < outcomes.size(); i++) {
            var one = switch (outcomes.get(i).mark()) {
                case RowOutcome.Refused.LETTER -> new Counts(0, 0, 1);
                case 'P' -> new Counts(0, 1, 0);
                default -> new Counts(1, 0, 0);
            };
            years.merge(year(chunk.rows().get(i)), one, Counts::and);
        }
        JdbcClient.on(connection)
                .update(
                        COUNT,
                        batch,
                        SqlArray.ofInts(years.keySet()),
                        counts(years, Counts::received),
                        counts(years, Counts::parked),
                        counts(years, Counts::refused));
    }

    private static SqlArray counts(SortedMap<Integer, Counts> years, Function<Counts, Long> count) {
        return SqlArray.ofLongs(years.values().stream().map(count).toList());
    }

    private int year(ReadRow row) {
        if (field == null || row.row() == null) {
            return UNKNOWN;
        }
        var year = CellText.year(row.row().value().path(field).asText());
        return year == null ? UNKNOWN : year;
    }
}
