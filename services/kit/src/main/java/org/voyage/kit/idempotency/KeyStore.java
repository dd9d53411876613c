package org.voyage.kit.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.WebConfig;

/** The keys in the database. Each method is one statement, so that two instances cannot both believe they hold a key. */
@ApplicationScoped
class KeyStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A key is free when it is new or has expired, and for the same request again when the lease of its run is over. */
    private static final String CLAIM = """
            insert into idempotency_key as known (client, key, target, run, lease_until, expires_at)
            values (?, ?, ?, ?, now() + ? * interval '1 ms', now() + ? * interval '1 ms')
            on conflict (client, key) do update set target = excluded.target, run = excluded.run,
              lease_until = excluded.lease_until, expires_at = excluded.expires_at,
              body_hash = null, status = null, headers = null, body = null
            where known.expires_at < now() and (known.lease_until is null or known.lease_until < now())
               or known.lease_until < now() and known.target = excluded.target""";

    private final DataSource dataSource;
    private final WebConfig.Idempotency config;

    KeyStore(DataSource dataSource, WebConfig config) {
        this.dataSource = dataSource;
        this.config = config.idempotency();
    }

    /** Whether this service keeps keys at all. */
    boolean enabled() {
        return config.enabled();
    }

    /** Whether the key is now held by this run. */
    boolean claim(Claim claim, String target) {
        return update(CLAIM, statement -> {
                    statement.setString(1, claim.client());
                    statement.setString(2, claim.key().value());
                    statement.setString(3, target);
                    statement.setObject(4, claim.run());
                    statement.setLong(5, config.lease().toMillis());
                    statement.setLong(6, config.keep().toMillis());
                })
                == 1;
    }

    Optional<Known> find(String client, IdempotencyKey key) {
        var select =
                "select target, body_hash, status, headers, body from idempotency_key where client = ? and key = ?";
        return with(select, statement -> {
            statement.setString(1, client);
            statement.setString(2, key.value());
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(known(row)) : Optional.empty();
            }
        });
    }

    private static Known known(ResultSet row) throws SQLException {
        var target = row.getString(1);
        int status = row.getInt(3);
        if (row.wasNull()) {
            return new Known.Running(target);
        }
        return new Known.Answered(
                target, row.getBytes(2), new KeptAnswer(status, headers(row.getString(4)), row.getBytes(5)));
    }

    /** Keeps the answer, without a body that is too long, unless the key was taken over meanwhile. */
    void answer(Claim claim, byte[] bodyHash, KeptAnswer answer) {
        var update = "update idempotency_key set body_hash = ?, status = ?, headers = ?::jsonb, body = ?,"
                + " lease_until = null where client = ? and key = ? and run = ?";
        update(update, statement -> {
            statement.setBytes(1, bodyHash);
            statement.setInt(2, answer.status());
            statement.setString(3, text(answer.headers()));
            statement.setBytes(4, fitting(answer.body()));
            statement.setString(5, claim.client());
            statement.setString(6, claim.key().value());
            statement.setObject(7, claim.run());
        });
    }

    private byte @Nullable [] fitting(byte @Nullable [] body) {
        return body == null || body.length > config.answerLimit().asLongValue() ? null : body;
    }

    /** Makes the key free again: nothing was done that would have to be kept from being done twice. */
    void release(Claim claim) {
        update("delete from idempotency_key where client = ? and key = ? and run = ?", statement -> {
            statement.setString(1, claim.client());
            statement.setString(2, claim.key().value());
            statement.setObject(3, claim.run());
        });
    }

    void renew(Collection<UUID> runs) {
        var update = "update idempotency_key set lease_until = now() + ? * interval '1 ms'"
                + " where run = any(?) and lease_until is not null";
        update(update, statement -> {
            statement.setLong(1, config.lease().toMillis());
            statement.setArray(2, statement.getConnection().createArrayOf("uuid", runs.toArray()));
        });
    }

    /** Forgets what has expired and returns how much that was. */
    int purge() {
        return update(
                "delete from idempotency_key where expires_at < now() and (lease_until is null or lease_until < now())",
                _ -> {});
    }

    private static String text(Map<String, String> headers) {
        try {
            return JSON.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> headers(String json) {
        try {
            return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private int update(String sql, Bind bind) {
        return with(sql, statement -> {
            bind.to(statement);
            return statement.executeUpdate();
        });
    }

    private <T> T with(String sql, Work<T> work) {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw new KeyStoreFailure(e);
        }
    }

    private interface Bind {
        void to(PreparedStatement statement) throws SQLException;
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
