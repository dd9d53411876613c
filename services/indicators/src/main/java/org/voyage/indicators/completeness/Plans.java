package org.voyage.indicators.completeness;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.voyage.indicators.AdvisoryLock;
import org.voyage.indicators.completeness.SubmissionStore.YearOf;
import org.voyage.indicators.intake.Topics;
import org.voyage.kit.audit.Audit;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.web.Refusal;

/** How many records are expected about a year, as operators load it: the newest version of a year counts. */
@ApplicationScoped
class Plans {

    /** As entries of the audit trail name it. */
    static final String RECORD = "plan";

    private static final String NEWEST = """
            select distinct on (year) year, version, lines, loaded_at, loaded_by, content from plan
             where year = ? or ?
             order by year desc, version desc""";
    private static final int RETRY_AFTER_SECONDS = 5;

    private final DataSource dataSource;
    private final Audit audit;
    private final Clock clock;
    private final Set<String> services = new TreeSet<>();

    Plans(DataSource dataSource, Audit audit, Clock clock, Topics topics) {
        this.dataSource = dataSource;
        this.audit = audit;
        this.clock = clock;
        topics.records().forEach(record -> services.add(topics.service(record)));
    }

    /** @param isNew false when this very version was there already */
    record Loaded(Plan plan, boolean isNew) {}

    /** @param content the CSV byte for byte */
    @SuppressWarnings("ArrayRecordComponent") // handed on, compared by its bytes
    private record Kept(Plan plan, byte[] content) {}

    /**
     * Stores the next version of the plan of a year, unless the one that counts says the same.
     *
     * @throws Refusal.Invalid when a line is wrong; nothing is stored
     */
    Loaded load(int year, byte[] csv, String by) {
        int lines = PlanFile.read(csv, services).size();
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = dataSource.getConnection()) {
                lock(connection);
                Optional<Kept> counts = newest(connection, year, false).stream().findFirst();
                if (counts.isPresent() && Arrays.equals(counts.get().content(), csv)) {
                    return new Loaded(counts.get().plan(), false);
                }
                Plan next = new Plan(
                        year,
                        counts.map(kept -> kept.plan().version()).orElse(0) + 1,
                        lines,
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        by);
                add(connection, next, csv);
                audit.append(AuditEntry.done(
                        "plan-loaded",
                        RECORD,
                        null,
                        String.valueOf(year),
                        Map.of("version", next.version(), "lines", lines)));
                return new Loaded(next, true);
            } catch (SQLException e) {
                throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
            }
        });
    }

    /** The version of each year that counts, the latest year first. */
    List<Plan> all() {
        return read(0, true).stream().map(Kept::plan).toList();
    }

    /** The file of the version that counts; empty when nothing was ever planned for the year. */
    Optional<byte[]> content(int year) {
        return read(year, false).stream().map(Kept::content).findFirst();
    }

    /** What is expected of whom about which year; nothing where nothing is planned. */
    Map<YearOf, Long> expected(Connection connection) throws SQLException {
        Map<YearOf, Long> expected = new HashMap<>();
        for (Kept kept : newest(connection, 0, true)) {
            PlanFile.stored(kept.content())
                    .forEach((sender, records) ->
                            expected.put(new YearOf(sender, kept.plan().year()), records));
        }
        return expected;
    }

    private List<Kept> read(int year, boolean all) {
        try (Connection connection = dataSource.getConnection()) {
            return newest(connection, year, all);
        } catch (SQLException e) {
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
    }

    private static List<Kept> newest(Connection connection, int year, boolean all) throws SQLException {
        List<Kept> kept = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
            statement.setInt(1, year);
            statement.setBoolean(2, all);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    kept.add(new Kept(
                            new Plan(
                                    row.getInt(1),
                                    row.getInt(2),
                                    row.getInt(3),
                                    row.getObject(4, OffsetDateTime.class).toInstant(),
                                    row.getString(5)),
                            row.getBytes(6)));
                }
            }
        }
        return kept;
    }

    private static void lock(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(AdvisoryLock.PLANS.alone())) {
            lock.execute();
        }
    }

    private static void add(Connection connection, Plan plan, byte[] csv) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into plan (year, version, content, lines, loaded_at, loaded_by) values (?, ?, ?, ?, ?, ?)")) {
            insert.setInt(1, plan.year());
            insert.setInt(2, plan.version());
            insert.setBytes(3, csv);
            insert.setInt(4, plan.lines());
            insert.setObject(5, plan.loadedAt().atOffset(ZoneOffset.UTC));
            insert.setString(6, plan.loadedBy());
            insert.executeUpdate();
        }
    }
}
