package org.voyage.mobility.personal;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.record.RecordKey;

/** Table of personal data, read and written in sets. It uses the caller's transaction. */
@ApplicationScoped
class PersonalTable {

    private static final String ROWS_SQL =
            "unnest(?::text[], ?::text[], ?::bytea[], ?::int[], ?::text[], ?::int[], ?::bytea[])"
                    + " as s (province, source_id, ciphertext, key_id, pseudonym, pseudonym_key_id, fingerprint)";
    private static final String[] COLUMN_TYPES = {"text", "text", "bytea", "int4", "text", "int4", "bytea"};
    private static final String KEYS_SQL = "unnest(?::text[], ?::text[]) as k (province, source_id)";

    private final JdbcClient database;

    PersonalTable(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** Result of a save: the stored records and the records that were erased earlier. The rest was unchanged. */
    record SaveResult(Set<RecordKey> stored, Set<RecordKey> erased) {}

    /** Stores new and changed rows in one statement; it skips records whose data was erased. */
    SaveResult saveRows(List<PersonalRow> rows) {
        String sql = "with sent as (select * from " + ROWS_SQL + "), kept as (insert into student_personal as p"
                + " (province, source_id, ciphertext, key_id, pseudonym, pseudonym_key_id, fingerprint, updated_at)"
                + " select sent.*, clock_timestamp() from sent order by province, source_id"
                + " on conflict (province, source_id) do update set ciphertext = excluded.ciphertext,"
                + " key_id = excluded.key_id, pseudonym = excluded.pseudonym,"
                + " pseudonym_key_id = excluded.pseudonym_key_id, fingerprint = excluded.fingerprint,"
                + " updated_at = excluded.updated_at where p.erased_at is null and (p.fingerprint, p.pseudonym)"
                + " is distinct from (excluded.fingerprint, excluded.pseudonym) returning p.province, p.source_id)"
                + " select province, source_id, false from kept union all select e.province, e.source_id, true"
                + " from student_personal e join sent using (province, source_id) where e.erased_at is not null";
        SaveResult kept = new SaveResult(new HashSet<>(), new HashSet<>());
        database.queryEach(
                sql, row -> (row.getBoolean(3) ? kept.erased() : kept.stored()).add(toKey(row)), toColumns(rows));
        return kept;
    }

    /** Updates existing rows after an encryption under the primary keys or a change of nationality. */
    void updateRows(List<PersonalRow> rows) {
        String sql = "update student_personal p set ciphertext = s.ciphertext, key_id = s.key_id,"
                + " pseudonym = s.pseudonym, pseudonym_key_id = s.pseudonym_key_id, fingerprint = s.fingerprint from "
                + ROWS_SQL + " where p.province = s.province and p.source_id = s.source_id and p.erased_at is null";
        database.update(sql, toColumns(rows));
    }

    /** Row of personal data with the nationality of its record. */
    record StoredPersonalData(
            RecordKey key,
            byte @Nullable [] ciphertext,
            @Nullable String pseudonym,
            Instant updatedAt,
            String nationality) {

        boolean isErased() {
            return ciphertext == null;
        }
    }

    /** Returns the rows of the records, erased ones included. */
    List<StoredPersonalData> findRows(Collection<RecordKey> keys) {
        String sql = "select province, source_id, p.ciphertext, p.pseudonym, p.updated_at, r.nationality"
                + " from student_personal p join " + KEYS_SQL + " using (province, source_id)"
                + " join inbound_enrolment r using (province, source_id) order by province, source_id";
        return database.query(
                sql,
                row -> new StoredPersonalData(
                        toKey(row), row.getBytes(3), row.getString(4), RowMapper.readInstant(row, 5), row.getString(6)),
                toColumns(keys));
    }

    /** Locks the rows of the records until the transaction ends; a later statement sees their state under the lock. */
    void lockRows(Collection<RecordKey> keys) {
        String sql = "select province, source_id from student_personal join " + KEYS_SQL
                + " using (province, source_id) order by province, source_id for update of student_personal";
        database.query(sql, PersonalTable::toKey, toColumns(keys));
    }

    /** Locks and returns the next rows that are not under these keys, in the order of their records. */
    List<RecordKey> lockOutdated(int keyId, int pseudonymKeyId, Optional<RecordKey> after, int limit) {
        String sql = "select province, source_id from student_personal where ciphertext is not null"
                + " and (key_id <> ? or pseudonym_key_id <> ?) and (province, source_id) > (?, ?)"
                + " order by province, source_id limit ? for update";
        return database.query(
                sql,
                PersonalTable::toKey,
                keyId,
                pseudonymKeyId,
                after.map(key -> key.province().code()).orElse(""),
                after.map(RecordKey::sourceId).orElse(""),
                limit);
    }

    long countOutdated(int keyId, int pseudonymKeyId) {
        String sql = "select count(*) from student_personal where ciphertext is not null"
                + " and (key_id <> ? or pseudonym_key_id <> ?)";
        return database.queryOne(sql, row -> row.getLong(1), keyId, pseudonymKeyId);
    }

    /** Returns the enrolments of the student with one of the pseudonyms, in the order of their keys. */
    List<RecordKey> findByPseudonyms(List<String> pseudonyms) {
        String sql = "select province, source_id from student_personal where pseudonym = any(?)"
                + " order by province, source_id";
        return database.query(sql, PersonalTable::toKey, SqlArray.ofTexts(pseudonyms));
    }

    /**
     * Finds for each enrolment another active one of its province: same student, same college, same first day.
     * Enrolments without such another one are absent.
     *
     * @param pseudonyms for each enrolment the pseudonyms under which its student may be stored
     */
    Map<RecordKey, String> findDuplicates(Map<RecordKey, List<String>> pseudonyms) {
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
        Object[] key = toColumns(keys);
        Map<RecordKey, String> twins = new HashMap<>();
        database.queryEach(sql, row -> twins.put(toKey(row), row.getString(3)), key[0], key[1], SqlArray.ofTexts(each));
        return twins;
    }

    /** Erases all data of the row; only the mark of the erasure stays. */
    void eraseRow(RecordKey key) {
        String sql = "insert into student_personal (province, source_id, updated_at, erased_at)"
                + " values (?, ?, clock_timestamp(), clock_timestamp())"
                + " on conflict (province, source_id) do update set ciphertext = null, key_id = null, pseudonym = null,"
                + " pseudonym_key_id = null, fingerprint = null, updated_at = excluded.updated_at,"
                + " erased_at = coalesce(student_personal.erased_at, excluded.erased_at)";
        database.update(sql, key.province().code(), key.sourceId());
    }

    /** Removes the mark of an erasure, if there is one. */
    boolean forgetErasure(RecordKey key) {
        String sql = "delete from student_personal where province = ? and source_id = ? and erased_at is not null";
        return database.update(sql, key.province().code(), key.sourceId()) > 0;
    }

    void deleteRow(RecordKey key) {
        database.update(
                "delete from student_personal where province = ? and source_id = ?",
                key.province().code(),
                key.sourceId());
    }

    private static Object[] toColumns(List<PersonalRow> rows) {
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
            columns[i] = toColumn(COLUMN_TYPES[i], rows.stream().map(fields.get(i)));
        }
        return columns;
    }

    /** Returns the array with its type: the driver accepts bytes only from a typed array. */
    private static SqlArray toColumn(String type, Stream<@Nullable Object> items) {
        return new SqlArray(
                type, type.equals("bytea") ? items.map(byte[].class::cast).toArray(byte[][]::new) : items.toArray());
    }

    private static Object[] toColumns(Collection<RecordKey> keys) {
        return new Object[] {
            SqlArray.ofTexts(keys, key -> key.province().code()), SqlArray.ofTexts(keys, RecordKey::sourceId)
        };
    }

    private static RecordKey toKey(ResultSet row) throws SQLException {
        return new RecordKey(Province.of(row.getString(1)), row.getString(2));
    }
}
