package org.voyage.mobility.personal;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.record.RecordKey;

/** The table of personal data, read and written in sets. Uses the caller's transaction. */
@ApplicationScoped
class PersonalTable {

    private static final String ROWS =
            "unnest(?::text[], ?::text[], ?::bytea[], ?::int[], ?::text[], ?::int[], ?::bytea[])"
                    + " as s (province, source_id, ciphertext, key_id, pseudonym, pseudonym_key_id, fingerprint)";
    private static final String[] TYPES = {"text", "text", "bytea", "int4", "text", "int4", "bytea"};
    private static final String KEYS = "unnest(?::text[], ?::text[]) as k (province, source_id)";

    private final DataSource dataSource;

    PersonalTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What became of the rows that were to be kept; the others said what was there already. */
    record Kept(Set<RecordKey> stored, Set<RecordKey> erased) {}

    /** Stores what is new or different, in one statement, and nothing of a record whose data was erased. */
    Kept keep(List<PersonalRow> rows) {
        String sql = "with sent as (select * from " + ROWS + "), kept as (insert into student_personal as p"
                + " (province, source_id, ciphertext, key_id, pseudonym, pseudonym_key_id, fingerprint, updated_at)"
                + " select sent.*, clock_timestamp() from sent order by province, source_id"
                + " on conflict (province, source_id) do update set ciphertext = excluded.ciphertext,"
                + " key_id = excluded.key_id, pseudonym = excluded.pseudonym,"
                + " pseudonym_key_id = excluded.pseudonym_key_id, fingerprint = excluded.fingerprint,"
                + " updated_at = excluded.updated_at where p.erased_at is null and (p.fingerprint, p.pseudonym)"
                + " is distinct from (excluded.fingerprint, excluded.pseudonym) returning p.province, p.source_id)"
                + " select province, source_id, false from kept union all select e.province, e.source_id, true"
                + " from student_personal e join sent using (province, source_id) where e.erased_at is not null";
        Kept kept = new Kept(new HashSet<>(), new HashSet<>());
        query(sql, columns(rows), row -> (row.getBoolean(3) ? kept.erased() : kept.stored()).add(key(row)));
        return kept;
    }

    /** Writes rows that are there again, as they are under the primary keys or for another nationality. */
    void renew(List<PersonalRow> rows) {
        String sql = "update student_personal p set ciphertext = s.ciphertext, key_id = s.key_id,"
                + " pseudonym = s.pseudonym, pseudonym_key_id = s.pseudonym_key_id, fingerprint = s.fingerprint from "
                + ROWS + " where p.province = s.province and p.source_id = s.source_id and p.erased_at is null";
        update(sql, columns(rows));
    }

    /** A row as it is read, with the nationality that its record has. */
    record Stored(
            RecordKey key,
            byte @Nullable [] ciphertext,
            @Nullable String pseudonym,
            Instant updatedAt,
            String nationality) {

        boolean erased() {
            return ciphertext == null;
        }
    }

    /** The rows of the records, erased ones too. */
    List<Stored> find(Collection<RecordKey> keys) {
        String sql = "select province, source_id, p.ciphertext, p.pseudonym, p.updated_at, r.nationality"
                + " from student_personal p join " + KEYS + " using (province, source_id)"
                + " join inbound_enrolment r using (province, source_id) order by province, source_id";
        return query(
                sql,
                columns(keys),
                row -> new Stored(
                        key(row),
                        row.getBytes(3),
                        row.getString(4),
                        row.getObject(5, OffsetDateTime.class).toInstant(),
                        row.getString(6)));
    }

    /** Locks the rows of the records until the transaction ends; a statement after it sees what they are then. */
    void lock(Collection<RecordKey> keys) {
        String sql = "select province, source_id from student_personal join " + KEYS
                + " using (province, source_id) order by province, source_id for update of student_personal";
        query(sql, columns(keys), PersonalTable::key);
    }

    /** Locks and names the next rows that are not under these keys, in the order of their records. */
    List<RecordKey> lockOutdated(int keyId, int pseudonymKeyId, Optional<RecordKey> after, int limit) {
        String sql = "select province, source_id from student_personal where ciphertext is not null"
                + " and (key_id <> ? or pseudonym_key_id <> ?) and (province, source_id) > (?, ?)"
                + " order by province, source_id limit ? for update";
        return query(
                sql,
                new Object[] {
                    keyId,
                    pseudonymKeyId,
                    after.map(key -> key.province().code()).orElse(""),
                    after.map(RecordKey::sourceId).orElse(""),
                    limit
                },
                PersonalTable::key);
    }

    long outdated(int keyId, int pseudonymKeyId) {
        String sql = "select count(*) from student_personal where ciphertext is not null"
                + " and (key_id <> ? or pseudonym_key_id <> ?)";
        return query(sql, new Object[] {keyId, pseudonymKeyId}, row -> row.getLong(1))
                .getFirst();
    }

    /** The enrolments of whoever has one of the pseudonyms, in the order of their keys. */
    List<RecordKey> withPseudonym(List<String> pseudonyms) {
        String sql = "select province, source_id from student_personal where pseudonym = any(?)"
                + " order by province, source_id";
        return query(sql, new Object[] {new Column("text", pseudonyms.toArray())}, PersonalTable::key);
    }

    /**
     * Of each of the enrolments another one of its province that stands, of the same student at the same college from the
     * same day; none for those that have no such.
     *
     * @param pseudonyms of each of them, those that its student may be stored under
     */
    Map<RecordKey, String> twins(Map<RecordKey, List<String>> pseudonyms) {
        List<RecordKey> keys = new ArrayList<>();
        List<String> each = new ArrayList<>();
        pseudonyms.forEach((key, its) -> its.forEach(pseudonym -> {
            keys.add(key);
            each.add(pseudonym);
        }));
        String sql = "select k.province, k.source_id, min(other.source_id)"
                + " from unnest(?::text[], ?::text[], ?::text[]) as k (province, source_id, pseudonym)"
                + " join student_personal other on other.pseudonym = k.pseudonym and other.province = k.province"
                + " and other.source_id <> k.source_id"
                + " join inbound_enrolment mine on mine.province = k.province and mine.source_id = k.source_id"
                + " join inbound_enrolment its on its.province = other.province and its.source_id = other.source_id"
                + " where its.reason is null and its.college = mine.college and its.record ->> 'startedOn'"
                + " = mine.record ->> 'startedOn' group by k.province, k.source_id";
        Object[] key = columns(keys);
        Map<RecordKey, String> twins = new HashMap<>();
        query(
                sql,
                new Object[] {key[0], key[1], new Column("text", each.toArray())},
                row -> twins.put(key(row), row.getString(3)));
        return twins;
    }

    /** Nothing of it is left but that it was erased. */
    void erase(RecordKey key) {
        String sql = "insert into student_personal (province, source_id, updated_at, erased_at)"
                + " values (?, ?, clock_timestamp(), clock_timestamp())"
                + " on conflict (province, source_id) do update set ciphertext = null, key_id = null, pseudonym = null,"
                + " pseudonym_key_id = null, fingerprint = null, updated_at = excluded.updated_at,"
                + " erased_at = coalesce(student_personal.erased_at, excluded.erased_at)";
        update(sql, new Object[] {key.province().code(), key.sourceId()});
    }

    /** Removes the mark of an erasure, if there is one. */
    boolean forgetErasure(RecordKey key) {
        String sql = "delete from student_personal where province = ? and source_id = ? and erased_at is not null";
        return update(sql, new Object[] {key.province().code(), key.sourceId()}) > 0;
    }

    void remove(RecordKey key) {
        update(
                "delete from student_personal where province = ? and source_id = ?",
                new Object[] {key.province().code(), key.sourceId()});
    }

    private record Column(String type, @Nullable Object[] items) {}

    private static Object[] columns(List<PersonalRow> rows) {
        List<Function<PersonalRow, @Nullable Object>> fields = List.of(
                row -> row.key().province().code(),
                row -> row.key().sourceId(),
                PersonalRow::ciphertext,
                PersonalRow::keyId,
                PersonalRow::pseudonym,
                PersonalRow::pseudonymKeyId,
                PersonalRow::fingerprint);
        Object[] columns = new Object[fields.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = column(TYPES[i], rows.stream().map(fields.get(i)));
        }
        return columns;
    }

    /** The driver takes bytes only from an array that says so. */
    private static Column column(String type, Stream<@Nullable Object> items) {
        return new Column(
                type, type.equals("bytea") ? items.map(byte[].class::cast).toArray(byte[][]::new) : items.toArray());
    }

    private static Object[] columns(Collection<RecordKey> keys) {
        return new Object[] {
            new Column("text", keys.stream().map(key -> key.province().code()).toArray()),
            new Column("text", keys.stream().map(RecordKey::sourceId).toArray())
        };
    }

    private static RecordKey key(ResultSet row) throws SQLException {
        return new RecordKey(Province.of(row.getString(1)), row.getString(2));
    }

    private interface Reading<R> {
        R of(ResultSet row) throws SQLException;
    }

    private <R> List<R> query(String sql, Object[] arguments, Reading<R> reading) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = prepare(connection, sql, arguments);
                ResultSet row = statement.executeQuery()) {
            List<R> found = new ArrayList<>();
            while (row.next()) {
                found.add(reading.of(row));
            }
            return found;
        } catch (SQLException e) {
            throw new PersonalUnavailable(e);
        }
    }

    private int update(String sql, Object[] arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = prepare(connection, sql, arguments)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new PersonalUnavailable(e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object[] arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof Column(String type, Object[] items)) {
                statement.setArray(i + 1, connection.createArrayOf(type, items));
            } else {
                statement.setObject(i + 1, arguments[i]);
            }
        }
        return statement;
    }
}
