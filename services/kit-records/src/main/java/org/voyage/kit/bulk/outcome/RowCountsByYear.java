package org.voyage.kit.bulk.outcome;

import java.sql.Connection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.format.Chunk;
import org.voyage.kit.bulk.format.ParsedRow;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.input.CellTextParser;

/**
 * Number of rows of a chunk by outcome and reporting year.
 *
 * @param field field whose text begins with the year; null if the record has none
 */
public record RowCountsByYear(
        UUID batch,
        Chunk chunk,
        List<RowOutcome> outcomes,
        @Nullable String field) {

    /** Year of rows without a readable year: unreadable rows, and withdrawals by key alone. */
    private static final int UNKNOWN_YEAR = 0;

    private static final String INSERT_COUNTS_SQL = """
            insert into batch_year (batch_id, year, received, parked, refused)
            select ?, y, r, p, f from unnest(?::int[], ?::bigint[], ?::bigint[], ?::bigint[]) as t (y, r, p, f)
            on conflict (batch_id, year, province) do update
               set received = batch_year.received + excluded.received, parked = batch_year.parked + excluded.parked,
                   refused = batch_year.refused + excluded.refused""";

    private record YearRowCounts(long received, long parked, long refused) {
        YearRowCounts plus(YearRowCounts other) {
            return new YearRowCounts(received + other.received, parked + other.parked, refused + other.refused);
        }
    }

    public void insertCounts(Connection connection) {
        var years = new TreeMap<Integer, YearRowCounts>();
        for (int i = 0; i < outcomes.size(); i++) {
            var one = switch (outcomes.get(i).outcomeLetter()) {
                case RowOutcome.RefusedRowOutcome.REFUSED_LETTER -> new YearRowCounts(0, 0, 1);
                case 'P' -> new YearRowCounts(0, 1, 0);
                default -> new YearRowCounts(1, 0, 0);
            };
            years.merge(yearOf(chunk.rows().get(i)), one, YearRowCounts::plus);
        }
        JdbcClient.on(connection)
                .update(
                        INSERT_COUNTS_SQL,
                        batch,
                        SqlArray.ofInts(years.keySet()),
                        toArray(years, YearRowCounts::received),
                        toArray(years, YearRowCounts::parked),
                        toArray(years, YearRowCounts::refused));
    }

    private static SqlArray toArray(SortedMap<Integer, YearRowCounts> years, Function<YearRowCounts, Long> count) {
        return SqlArray.ofLongs(years.values().stream().map(count).toList());
    }

    private int yearOf(ParsedRow row) {
        if (field == null || row.row() == null) {
            return UNKNOWN_YEAR;
        }
        var year = CellTextParser.parseYear(row.row().value().path(field).asText());
        return year == null ? UNKNOWN_YEAR : year;
    }
}
