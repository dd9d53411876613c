package org.voyage.overseas;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.voyage.kit.access.Province;

/** The rows that wait for their school. All methods use the caller's transaction. */
@ApplicationScoped
public class ParkedRows {

    private static final String COLUMNS =
            "record, province, source_id, school, body, cause_kind, cause_id, actor, parked_at";
    /** First number of the advisory lock between who parks and who brings a school; the second is the province. */
    private static final int LOCK = 7_301;

    private final DataSource dataSource;

    ParkedRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Waits until no transaction is bringing a school of the province, and keeps new ones from it until this one
     * ends. Who then still misses a school can park: whoever brings it later will find the row.
     */
    public void holdSchoolsStill(Province province) {
        run("select pg_advisory_xact_lock(?, ?)", LOCK, Integer.valueOf(province.code()));
    }

    /** Said before the parked rows of an arriving school are looked up. */
    public void announceSchools(Collection<Province> provinces) {
        provinces.stream()
                .distinct()
                .sorted()
                .forEach(province ->
                        run("select pg_advisory_xact_lock_shared(?, ?)", LOCK, Integer.valueOf(province.code())));
    }

    /** Parks a row, in place of an earlier one of the same record. */
    public void park(Parked row) {
        run(
                "insert into parked (" + COLUMNS + ") values (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)"
                        + " on conflict (record, province, source_id) do update set school = excluded.school,"
                        + " body = excluded.body, cause_kind = excluded.cause_kind, cause_id = excluded.cause_id,"
                        + " actor = excluded.actor, parked_at = excluded.parked_at",
                row.record(),
                row.key().province().code(),
                row.key().sourceId(),
                row.school(),
                row.body(),
                row.cause().kind().code(),
                row.cause().id(),
                row.cause().actor(),
                row.parkedAt().atOffset(ZoneOffset.UTC));
    }

    /** Removes a parked row, if there is one. */
    public boolean remove(String record, RecordKey key) {
        return run(
                                "delete from parked where record = ? and province = ? and source_id = ? returning "
                                        + COLUMNS,
                                record,
                                key.province().code(),
                                key.sourceId())
                        .size()
                > 0;
    }

    /** Removes the parked rows of the records: newer ones have come. */
    public void removeAll(String record, Collection<RecordKey> keys) {
        run(
                "delete from parked p using unnest(?::text[], ?::text[]) as k (a, b)"
                        + " where p.record = ? and p.province = k.a and p.source_id = k.b returning " + columnsOf("p"),
                keys.stream().map(key -> key.province().code()).toArray(String[]::new),
                keys.stream().map(RecordKey::sourceId).toArray(String[]::new),
                record);
    }

    /** Takes out what waits for the schools, in the order of arrival. */
    public List<Parked> take(String record, Collection<RecordKey> schools) {
        return run(
                "with taken as (delete from parked p using unnest(?::text[], ?::text[]) as k (a, b)"
                        + " where p.record = ? and p.province = k.a and p.school = k.b returning "
                        + columnsOf("p") + ") select * from taken order by parked_at, province, source_id",
                schools.stream().map(key -> key.province().code()).toArray(String[]::new),
                schools.stream().map(RecordKey::sourceId).toArray(String[]::new),
                record);
    }

    /** What waits, oldest first, after the given place. */
    public List<Parked> list(Conditions where, int limit) {
        List<Object> arguments = new ArrayList<>(where.arguments());
        arguments.add(limit);
        return run(
                "select " + COLUMNS + " from parked" + where.sql()
                        + " order by parked_at, record, province, source_id limit ?",
                arguments.toArray());
    }

    private static String columnsOf(String alias) {
        return alias + "." + COLUMNS.replace(", ", ", " + alias + ".");
    }

    private List<Parked> run(String sql, Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i] instanceof String[] texts) {
                    statement.setArray(i + 1, connection.createArrayOf("text", texts));
                } else {
                    statement.setObject(i + 1, arguments[i]);
                }
            }
            List<Parked> rows = new ArrayList<>();
            if (statement.execute()) {
                try (ResultSet row = statement.getResultSet()) {
                    while (row.getMetaData().getColumnCount() > 1 && row.next()) {
                        rows.add(parked(row));
                    }
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new TableUnavailable("parked", e);
        }
    }

    private static Parked parked(ResultSet row) throws SQLException {
        return new Parked(
                row.getString(1),
                new RecordKey(Province.of(row.getString(2)), row.getString(3)),
                row.getString(4),
                row.getString(5),
                new Cause(Cause.Kind.of(row.getString(6)), row.getString(7), row.getString(8)),
                row.getObject(9, OffsetDateTime.class).toInstant());
    }
}
