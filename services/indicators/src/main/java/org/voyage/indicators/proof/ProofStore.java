package org.voyage.indicators.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.voyage.indicators.AdvisoryLock;
import org.voyage.kit.database.JdbcClient;

/** The certificates, one after the other, each sealed together with the one before. */
@ApplicationScoped
class ProofStore {

    private static final byte[] FIRST = new byte[32];
    private static final String COLUMNS =
            "select p.number, p.content, p.seal, before.seal from proof p left join proof before on before.number = p.number - 1";

    private final JdbcClient database;
    private final ObjectMapper json;

    ProofStore(DataSource dataSource, ObjectMapper json) {
        this.database = new JdbcClient(dataSource);
        this.json = json;
    }

    /**
     * @param seal SHA-256 over the seal before (32 zero bytes before the first) and the certificate as it is stored, in hex
     * @param intact whether that is so still
     */
    record Sealed(long number, Certificate certificate, String seal, boolean intact) {}

    /** @return its number, which is one more than that of the certificate before */
    long keep(Certificate certificate) {
        return database.inTransaction(client -> append(client, certificate));
    }

    private record Last(long number, byte[] seal) {}

    private long append(JdbcClient client, Certificate certificate) {
        client.execute(AdvisoryLock.PROOFS.alone());
        Last last = client.queryFirst(
                        "select number, seal from proof order by number desc limit 1",
                        row -> new Last(row.getLong(1), row.getBytes(2)))
                .orElse(new Last(0, FIRST));
        String content = text(certificate);
        client.update(
                "insert into proof (number, id, finished_at, verdict, content, seal) values (?, ?, ?, ?, ?, ?)",
                last.number() + 1,
                certificate.id(),
                certificate.finishedAt(),
                certificate.verdict().code(),
                content,
                seal(last.seal(), content));
        return last.number() + 1;
    }

    /** The newest first. @param below only certificates with a smaller number */
    List<Sealed> newest(long below, int limit) {
        return database.query(COLUMNS + " where p.number < ? order by p.number desc limit ?", this::read, below, limit);
    }

    Optional<Sealed> find(UUID id) {
        return database.queryFirst(COLUMNS + " where p.id = ?", this::read, id);
    }

    /** The newest that says something about figures that served. */
    Optional<Sealed> newestDecided() {
        return database.queryFirst(
                COLUMNS
                        + " where p.verdict in ('proved', 'differs') and p.content::json ->> 'candidate' is distinct from 'true'"
                        + " order by p.number desc limit 1",
                this::read);
    }

    private Sealed read(ResultSet row) throws SQLException {
        String content = row.getString(2);
        byte[] seal = row.getBytes(3);
        byte[] before = row.getLong(1) == 1 ? FIRST : row.getBytes(4);
        try {
            return new Sealed(
                    row.getLong(1),
                    json.readValue(content, Certificate.class),
                    HexFormat.of().formatHex(seal),
                    before != null && Arrays.equals(seal, seal(before, content)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a certificate cannot be read", e);
        }
    }

    private String text(Certificate certificate) {
        try {
            return json.writeValueAsString(certificate);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] seal(byte[] before, String content) {
        MessageDigest digest = Frozen.sha256();
        digest.update(before);
        return digest.digest(content.getBytes(StandardCharsets.UTF_8));
    }
}
