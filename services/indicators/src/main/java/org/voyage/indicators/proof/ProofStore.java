package org.voyage.indicators.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.voyage.indicators.AdvisoryLock;

/** The certificates, one after the other, each sealed together with the one before. */
@ApplicationScoped
class ProofStore {

    private static final byte[] FIRST = new byte[32];
    private static final String COLUMNS =
            "select p.number, p.content, p.seal, before.seal from proof p left join proof before on before.number = p.number - 1";

    private final DataSource dataSource;
    private final ObjectMapper json;

    ProofStore(DataSource dataSource, ObjectMapper json) {
        this.dataSource = dataSource;
        this.json = json;
    }

    /**
     * @param seal SHA-256 over the seal before (32 zero bytes before the first) and the certificate as it is stored, in hex
     * @param intact whether that is so still
     */
    record Sealed(long number, Certificate certificate, String seal, boolean intact) {}

    /** @return its number, which is one more than that of the certificate before */
    long keep(Certificate certificate) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                long number = append(connection, certificate);
                connection.commit();
                committed = true;
                return number;
            } finally {
                if (!committed) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        }
    }

    private long append(Connection connection, Certificate certificate) throws SQLException {
        long number = 1;
        byte[] before = FIRST;
        try (Statement last = connection.createStatement()) {
            last.execute(AdvisoryLock.PROOFS.alone());
            try (ResultSet row = last.executeQuery("select number, seal from proof order by number desc limit 1")) {
                if (row.next()) {
                    number = row.getLong(1) + 1;
                    before = row.getBytes(2);
                }
            }
        }
        String content = text(certificate);
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into proof (number, id, finished_at, verdict, content, seal) values (?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, number);
            insert.setObject(2, certificate.id());
            insert.setObject(3, certificate.finishedAt().atOffset(ZoneOffset.UTC));
            insert.setString(4, certificate.verdict().code());
            insert.setString(5, content);
            insert.setBytes(6, seal(before, content));
            insert.executeUpdate();
        }
        return number;
    }

    /** The newest first. @param below only certificates with a smaller number */
    List<Sealed> newest(long below, int limit) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(COLUMNS + " where p.number < ? order by p.number desc limit ?")) {
            statement.setLong(1, below);
            statement.setInt(2, limit);
            return read(statement);
        }
    }

    Optional<Sealed> find(UUID id) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(COLUMNS + " where p.id = ?")) {
            statement.setObject(1, id);
            return read(statement).stream().findFirst();
        }
    }

    /** The newest that says something about figures that served. */
    Optional<Sealed> newestDecided() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(COLUMNS
                        + " where p.verdict in ('proved', 'differs') and p.content::json ->> 'candidate' is distinct from 'true'"
                        + " order by p.number desc limit 1")) {
            return read(statement).stream().findFirst();
        }
    }

    private List<Sealed> read(PreparedStatement statement) throws SQLException {
        List<Sealed> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String content = row.getString(2);
                byte[] seal = row.getBytes(3);
                byte[] before = row.getLong(1) == 1 ? FIRST : row.getBytes(4);
                found.add(new Sealed(
                        row.getLong(1),
                        json.readValue(content, Certificate.class),
                        HexFormat.of().formatHex(seal),
                        before != null && Arrays.equals(seal, seal(before, content))));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a certificate cannot be read", e);
        }
        return found;
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
