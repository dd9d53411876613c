package org.voyage.indicators.feature.published;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.config.AdvisoryLock;
import org.voyage.indicators.feature.published.PublishedSet.SetWithdrawal;
import org.voyage.indicators.feature.published.PublishedStatistic.SetVersion;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.problem.Refusal;

/** Store of the versions of published sets. Every method joins the caller's transaction. */
@ApplicationScoped
class PublishedSetStore {

    private static final int RETRY_AFTER_SECONDS = 5;
    private static final String SET_COLUMNS = """
            select s.code, s.version, s.title, s.source, s.published_on, s.lines, s.loaded_at, s.loaded_by,
                   w.reason, w.withdrawn_at, w.withdrawn_by
              from published_set s left join published_withdrawal w using (code, version)
            """;
    /**
     * Selects of each set the newest version that is not withdrawn; of a set with only withdrawn versions the newest.
     */
    private static final String NEWEST_SQL = """
            select distinct on (code) * from (%s) versions
             where code > ? order by code, reason is not null, version desc limit ?""".formatted(SET_COLUMNS);

    private final JdbcClient database;

    PublishedSetStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** Waits for other writers, then keeps them out until the transaction ends. */
    void lockExclusively() {
        queryRows(AdvisoryLock.PUBLISHED_SETS.exclusiveLockSql(), row -> true);
    }

    void insertSet(PublishedSet set, byte[] content) {
        executeUpdate(
                "insert into published_set (code, version, title, source, published_on, content, lines, loaded_at, loaded_by)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                set.setVersion().set(),
                set.setVersion().version(),
                set.title(),
                set.source(),
                set.publishedOn().orElse(null),
                content,
                set.lines(),
                set.loadedAt(),
                set.loadedBy());
    }

    void updateWithdrawal(SetVersion of, SetWithdrawal withdrawal) {
        executeUpdate(
                "insert into published_withdrawal (code, version, reason, withdrawn_at, withdrawn_by) values (?, ?, ?, ?, ?)",
                of.set(),
                of.version(),
                withdrawal.reason(),
                withdrawal.at(),
                withdrawal.by());
    }

    Optional<PublishedSet> findVersion(SetVersion of) {
        return queryRows(
                        SET_COLUMNS + " where s.code = ? and s.version = ?",
                        PublishedSetStore::readSet,
                        of.set(),
                        of.version())
                .stream()
                .findFirst();
    }

    /**
     * Returns the versions of one set, the newest first.
     *
     * @param below only versions with a smaller number
     */
    List<PublishedSet> findVersions(String set, int below, int limit) {
        return queryRows(
                SET_COLUMNS + " where s.code = ? and s.version < ? order by s.version desc limit ?",
                PublishedSetStore::readSet,
                set,
                below,
                limit);
    }

    /** Returns one version of each set, in the order of their names: the effective one, if there is one. */
    List<PublishedSet> findNewest(String after, int limit) {
        return queryRows(NEWEST_SQL, PublishedSetStore::readSet, after, limit);
    }

    /** Returns the newest version of a set that is not withdrawn; the newest of all when all are withdrawn. */
    Optional<PublishedSet> findNewest(String set) {
        return queryRows(
                        SET_COLUMNS + " where s.code = ? order by w.reason is not null, s.version desc limit 1",
                        PublishedSetStore::readSet,
                        set)
                .stream()
                .findFirst();
    }

    /** Returns all versions of all sets, withdrawn or not. */
    List<PublishedSet> findAllVersions() {
        return queryRows(SET_COLUMNS + " order by s.code, s.version", PublishedSetStore::readSet);
    }

    /** Returns how many versions were loaded or withdrawn so far. */
    long countChanges() {
        return queryRows(
                        "select (select count(*) from published_set) + (select count(*) from published_withdrawal)",
                        row -> row.getLong(1))
                .getFirst();
    }

    /** Returns 0 when the set does not exist yet. */
    int findLastVersion(String set) {
        return queryRows(
                        "select coalesce(max(version), 0) from published_set where code = ?", row -> row.getInt(1), set)
                .getFirst();
    }

    Optional<byte[]> findContent(SetVersion of) {
        return queryRows(
                        "select content from published_set where code = ? and version = ?",
                        row -> row.getBytes(1),
                        of.set(),
                        of.version())
                .stream()
                .findFirst();
    }

    private static PublishedSet readSet(ResultSet row) throws SQLException {
        String reason = row.getString(9);
        return new PublishedSet(
                new SetVersion(row.getString(1), row.getInt(2)),
                row.getString(3),
                row.getString(4),
                Optional.ofNullable(row.getObject(5, LocalDate.class)),
                row.getInt(6),
                RowMapper.readInstant(row, 7),
                row.getString(8),
                reason == null
                        ? Optional.empty()
                        : Optional.of(new SetWithdrawal(reason, RowMapper.readInstant(row, 10), row.getString(11))));
    }

    private <T> List<T> queryRows(String sql, RowMapper<T> mapper, Object... arguments) {
        return available(() -> database.query(sql, mapper, arguments));
    }

    private void executeUpdate(String sql, @Nullable Object... arguments) {
        available(() -> database.update(sql, arguments));
    }

    private static <T> T available(Supplier<T> work) {
        try {
            return work.get();
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
    }
}
