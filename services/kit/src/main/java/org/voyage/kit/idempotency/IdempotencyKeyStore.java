package org.voyage.kit.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.http.WebConfig;

/** Store of the idempotency keys. Each method is one statement, so that two instances cannot both hold a key. */
@ApplicationScoped
class IdempotencyKeyStore {
    private static final int MAX_ANSWER_BYTES = 256 * 1024;

    /** How long an answer can be repeated. */
    private static final Duration ANSWER_RETENTION = Duration.ofHours(24);

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A key is free when it is new or has expired, and for the same request again when the lease of its run is over.
     */
    private static final String CLAIM_SQL = """
            insert into idempotency_key as known (client, key, target, run, lease_until, expires_at)
            values (?, ?, ?, ?, now() + ? * interval '1 ms', now() + ? * interval '1 ms')
            on conflict (client, key) do update set target = excluded.target, run = excluded.run,
              lease_until = excluded.lease_until, expires_at = excluded.expires_at,
              body_hash = null, status = null, headers = null, body = null
            where known.expires_at < now() and (known.lease_until is null or known.lease_until < now())
               or known.lease_until < now() and known.target = excluded.target""";

    private final JdbcClient database;
    private final WebConfig.IdempotencyConfig config;

    IdempotencyKeyStore(DataSource dataSource, WebConfig config) {
        this.database = new JdbcClient(dataSource);
        this.config = config.idempotency();
    }

    /** Returns whether this service stores keys. */
    boolean enabled() {
        return config.enabled();
    }

    /** Claims a key for a run; false if the key is not free. */
    boolean tryClaim(IdempotencyClaim claim, String target) {
        return database.update(
                        CLAIM_SQL,
                        claim.client(),
                        claim.key().value(),
                        target,
                        claim.run(),
                        config.lease().toMillis(),
                        ANSWER_RETENTION.toMillis())
                == 1;
    }

    Optional<KeyState> findState(String client, IdempotencyKey key) {
        var select =
                "select target, body_hash, status, headers, body from idempotency_key where client = ? and key = ?";
        return database.queryFirst(select, IdempotencyKeyStore::toState, client, key.value());
    }

    private static KeyState toState(ResultSet row) throws SQLException {
        var target = row.getString(1);
        int status = row.getInt(3);
        if (row.wasNull()) {
            return new KeyState.RunningKey(target);
        }
        return new KeyState.AnsweredKey(
                target, row.getBytes(2), new StoredResponse(status, parseHeaders(row.getString(4)), row.getBytes(5)));
    }

    /** Stores the response, without a body that is too long, unless another run has the key by now. */
    void saveResponse(IdempotencyClaim claim, byte[] bodyHash, StoredResponse answer) {
        var update = "update idempotency_key set body_hash = ?, status = ?, headers = ?::jsonb, body = ?,"
                + " lease_until = null where client = ? and key = ? and run = ?";
        database.update(
                update,
                bodyHash,
                answer.status(),
                toText(answer.headers()),
                withinLimit(answer.body()),
                claim.client(),
                claim.key().value(),
                claim.run());
    }

    private byte @Nullable [] withinLimit(byte @Nullable [] body) {
        return body == null || body.length > MAX_ANSWER_BYTES ? null : body;
    }

    /** Releases the key, because the request had no effect that must not happen twice. */
    void releaseClaim(IdempotencyClaim claim) {
        database.update(
                "delete from idempotency_key where client = ? and key = ? and run = ?",
                claim.client(),
                claim.key().value(),
                claim.run());
    }

    void renewLeases(Collection<UUID> runs) {
        database.update(
                "update idempotency_key set lease_until = now() + ? * interval '1 ms'"
                        + " where run = any(?) and lease_until is not null",
                config.lease().toMillis(),
                new SqlArray("uuid", runs.toArray()));
    }

    /** Deletes expired keys and returns their number. */
    int deleteExpired() {
        return database.update(
                "delete from idempotency_key where expires_at < now() and (lease_until is null or lease_until < now())");
    }

    private static String toText(Map<String, String> headers) {
        try {
            return JSON.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parseHeaders(String json) {
        try {
            return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
