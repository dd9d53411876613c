package org.voyage.feeds.delivery.endpoint;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.voyage.feeds.delivery.http.SigningAlgorithm;
import org.voyage.feeds.delivery.http.SigningSecret;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.secret.ConfiguredKeys;
import org.voyage.kit.secret.SecretKeyRing;

/** Store of the secrets of endpoints: encrypted, and each bound to its alliance, endpoint and id. */
@ApplicationScoped
public class EndpointSecretStore {

    private final JdbcClient database;
    private final ConfiguredKeys keys;
    private final SecretKeyRing ring;

    EndpointSecretStore(DataSource dataSource, EndpointKeyConfig config) {
        this.database = new JdbcClient(dataSource);
        this.keys = new ConfiguredKeys("voyage.feeds.endpoint-secrets.keys", config.keys(), config.primary());
        this.ring = new SecretKeyRing(keys);
    }

    void requireProductionKeys(@Observes StartupEvent start) {
        keys.requireProductionKeys();
    }

    void insert(FeedEndpoint endpoint, String kid, SigningSecret secret, Instant now) {
        database.update(
                "insert into endpoint_secret (endpoint, kid, algorithm, public_key, secret, created_at)"
                        + " values (?, ?, ?, ?, ?, ?)",
                endpoint.id(),
                kid,
                secret.algorithm().wireName(),
                secret.algorithm() == SigningAlgorithm.ED25519 ? secret.receiverKey() : null,
                ring.encrypt(secret.bytes(), ownerOf(endpoint, kid)),
                now);
    }

    /** Returns the secrets that sign at a moment, the newest first. */
    public List<SigningSecret> loadSigningSecrets(FeedEndpoint endpoint, Instant now) {
        return database.query(
                "select kid, algorithm, secret from endpoint_secret where endpoint = ? and (ends_at is null or ends_at > ?)"
                        + " order by created_at desc, kid",
                row -> new SigningSecret(
                        SigningAlgorithm.find(row.getString(2)).orElseThrow(),
                        ring.decrypt(row.getBytes(3), ownerOf(endpoint, row.getString(1)))),
                endpoint.id(),
                now);
    }

    /** Returns the secrets that have not ended, without their bytes. */
    List<EndpointSecret> list(String endpoint, Instant now) {
        return database.query(
                "select kid, algorithm, public_key, created_at, ends_at from endpoint_secret where endpoint = ?"
                        + " and (ends_at is null or ends_at > ?) order by created_at, kid",
                row -> new EndpointSecret(
                        row.getString(1),
                        SigningAlgorithm.find(row.getString(2)).orElseThrow(),
                        row.getString(3),
                        row.getTimestamp(4).toInstant(),
                        row.getTimestamp(5) == null ? null : row.getTimestamp(5).toInstant()),
                endpoint,
                now);
    }

    /** Lets the other secrets of an algorithm end. */
    void endOthers(String endpoint, SigningAlgorithm algorithm, String kid, Instant end) {
        database.update(
                "update endpoint_secret set ends_at = ? where endpoint = ? and algorithm = ? and kid <> ?"
                        + " and (ends_at is null or ends_at > ?)",
                end,
                endpoint,
                algorithm.wireName(),
                kid,
                end);
    }

    boolean delete(String endpoint, String kid) {
        return database.update("delete from endpoint_secret where endpoint = ? and kid = ?", endpoint, kid) == 1;
    }

    private static byte[] ownerOf(FeedEndpoint endpoint, String kid) {
        return (endpoint.alliance() + "/" + endpoint.id() + "/" + kid).getBytes(StandardCharsets.UTF_8);
    }
}
