package org.voyage.indicators.feature.verification.proof;

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
import org.voyage.indicators.config.AdvisoryLock;
import org.voyage.indicators.feature.verification.compare.FiguresSnapshot;
import org.voyage.kit.database.JdbcClient;

/** Store of the certificates. The seal of each certificate includes the seal before. */
@ApplicationScoped
public class ProofStore {

    private static final byte[] INITIAL_SEAL = new byte[32];
    private static final String CERTIFICATE_COLUMNS =
            "select p.number, p.content, p.seal, before.seal from proof p left join proof before on before.number = p.number - 1";

    private final JdbcClient database;
    private final ObjectMapper json;

    ProofStore(DataSource dataSource, ObjectMapper json) {
        this.database = new JdbcClient(dataSource);
        this.json = json;
    }

    /**
     * @param seal SHA-256 over the seal before (32 zero bytes before the first) and the certificate as it is stored, in
     *     hex
     * @param intact whether the seal still matches
     */
    public record SealedCertificate(long number, ProofCertificate certificate, String seal, boolean intact) {}

    /** @return its number, which is one more than that of the certificate before */
    long storeCertificate(ProofCertificate certificate) {
        return database.inTransaction(client -> appendCertificate(client, certificate));
    }

    private record Last(long number, byte[] seal) {}

    private long appendCertificate(JdbcClient client, ProofCertificate certificate) {
        client.execute(AdvisoryLock.PROOFS.exclusiveLockSql());
        Last last = client.queryFirst(
                        "select number, seal from proof order by number desc limit 1",
                        row -> new Last(row.getLong(1), row.getBytes(2)))
                .orElse(new Last(0, INITIAL_SEAL));
        String content = toJson(certificate);
        client.update(
                "insert into proof (number, id, finished_at, verdict, content, seal) values (?, ?, ?, ?, ?, ?)",
                last.number() + 1,
                certificate.id(),
                certificate.finishedAt(),
                certificate.verdict().code(),
                content,
                computeSeal(last.seal(), content));
        return last.number() + 1;
    }

    /**
     * Returns the certificates, the newest first.
     *
     * @param below only certificates with a smaller number
     */
    public List<SealedCertificate> findNewest(long below, int limit) {
        return database.query(
                CERTIFICATE_COLUMNS + " where p.number < ? order by p.number desc limit ?",
                this::readCertificates,
                below,
                limit);
    }

    public Optional<SealedCertificate> findCertificate(UUID id) {
        return database.queryFirst(CERTIFICATE_COLUMNS + " where p.id = ?", this::readCertificates, id);
    }

    /** Returns the newest decided certificate of figures that served. */
    Optional<SealedCertificate> findNewestDecided() {
        return database.queryFirst(
                CERTIFICATE_COLUMNS
                        + " where p.verdict in ('proved', 'differs') and p.content::json ->> 'candidate' is distinct from 'true'"
                        + " order by p.number desc limit 1",
                this::readCertificates);
    }

    private SealedCertificate readCertificates(ResultSet row) throws SQLException {
        String content = row.getString(2);
        byte[] seal = row.getBytes(3);
        byte[] before = row.getLong(1) == 1 ? INITIAL_SEAL : row.getBytes(4);
        try {
            return new SealedCertificate(
                    row.getLong(1),
                    json.readValue(content, ProofCertificate.class),
                    HexFormat.of().formatHex(seal),
                    before != null && Arrays.equals(seal, computeSeal(before, content)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a certificate cannot be read", e);
        }
    }

    private String toJson(ProofCertificate certificate) {
        try {
            return json.writeValueAsString(certificate);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] computeSeal(byte[] before, String content) {
        MessageDigest digest = FiguresSnapshot.newSha256();
        digest.update(before);
        return digest.digest(content.getBytes(StandardCharsets.UTF_8));
    }
}
