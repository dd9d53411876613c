package org.voyage.indicators.feature.verification.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/**
 * Store of the proofs and rebuilds that run in any instance. Without PostgreSQL an instance knows its own only. A run
 * whose instance falls silent is over.
 */
@ApplicationScoped
public class VerificationRunStore {

    private static final Logger LOG = Logger.getLogger(VerificationRunStore.class);
    private static final String IS_SILENT = "touched_at < clock_timestamp() - interval '20 seconds'";
    private static final String FIND_SQL =
            "select content, running, running and " + IS_SILENT + " from verification_run";

    private final JdbcClient database;
    private final ObjectMapper json;
    private final Set<UUID> own = ConcurrentHashMap.newKeySet();

    VerificationRunStore(DataSource dataSource, ObjectMapper json) {
        this.database = new JdbcClient(dataSource);
        this.json = json;
    }

    /** Kind of a run; one of each kind runs at a time. */
    public enum VerificationKind {
        PROOF,
        REBUILD
    }

    /**
     * @param content the run as it was stored last
     * @param isAbandoned whether its instance has fallen silent
     */
    public record StoredRun<T>(T content, boolean isRunning, boolean isAbandoned) {}

    /** @return false when one of this kind is running in another instance */
    public boolean beginRun(VerificationKind kind, UUID id, Object content) {
        try {
            boolean begun = database.inTransaction(client -> {
                client.update(
                        "update verification_run set running = false where kind = ? and running and " + IS_SILENT,
                        kind);
                return client.update(
                                "insert into verification_run (id, kind, content) values (?, ?, ?)"
                                        + " on conflict (kind) where running do nothing",
                                id,
                                kind,
                                toJson(content))
                        == 1;
            });
            if (begun) {
                own.add(id);
            }
            return begun;
        } catch (DatabaseException e) {
            LOG.warnf("other instances do not learn of run %s: %s", id, e.getMessage());
            return true;
        }
    }

    public void updateRun(UUID id, Object content) {
        storeIfPossible(
                "update verification_run set content = ?, touched_at = clock_timestamp() where id = ?", content, id);
    }

    public void endRun(UUID id, Object content) {
        own.remove(id);
        storeIfPossible(
                "update verification_run set content = ?, running = false, touched_at = clock_timestamp() where id = ?",
                content,
                id);
    }

    private void storeIfPossible(String sql, Object content, UUID id) {
        try {
            database.update(sql, toJson(content), id);
        } catch (DatabaseException e) {
            LOG.warnf("other instances do not learn of run %s: %s", id, e.getMessage());
        }
    }

    public <T> Optional<StoredRun<T>> findRun(VerificationKind kind, UUID id, Class<T> type) {
        return database.queryFirst(FIND_SQL + " where kind = ? and id = ?", row -> toRun(row, type), kind, id);
    }

    /** Returns the run of a kind that is not over. */
    public <T> Optional<T> findRunning(VerificationKind kind, Class<T> type) {
        return database.queryFirst(
                FIND_SQL + " where kind = ? and running and not " + IS_SILENT,
                row -> toRun(row, type).content(),
                kind);
    }

    @Scheduled(every = "5s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void touchOwnRuns() {
        if (!own.isEmpty()) {
            database.update(
                    "update verification_run set touched_at = clock_timestamp() where id = any (?)",
                    new SqlArray("uuid", own.toArray(UUID[]::new)));
        }
    }

    private <T> StoredRun<T> toRun(ResultSet row, Class<T> type) throws SQLException {
        try {
            return new StoredRun<>(json.readValue(row.getString(1), type), row.getBoolean(2), row.getBoolean(3));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a run cannot be read", e);
        }
    }

    private String toJson(Object content) {
        try {
            return json.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
