package org.voyage.indicators.feature.completeness;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.voyage.indicators.config.AdvisoryLock;
import org.voyage.indicators.fact.SubmissionTopics;
import org.voyage.indicators.feature.completeness.SubmissionStore.SenderYear;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.log.LogTopics;
import org.voyage.kit.problem.Refusal;

/** Store of the reporting plans that operators load. The newest version of a year is effective. */
@ApplicationScoped
class ReportingPlanStore {

    /** Record name in the audit trail. */
    static final String AUDIT_RECORD = "plan";

    private static final String NEWEST_SQL = """
            select distinct on (year) year, version, lines, loaded_at, loaded_by, content from plan
             where year = ? or ?
             order by year desc, version desc""";
    private static final int RETRY_AFTER_SECONDS = 5;

    private final JdbcClient database;
    private final AuditTrail audit;
    private final Clock clock;
    private final Set<String> services;

    ReportingPlanStore(DataSource dataSource, AuditTrail audit, Clock clock, LogTopics topics) {
        this.database = new JdbcClient(dataSource);
        this.audit = audit;
        this.clock = clock;
        this.services = SubmissionTopics.servicesOf(topics);
    }

    /** @param isNew false when this version was stored before */
    record PlanLoadResult(ReportingPlan plan, boolean isNew) {}

    /** @param content the CSV byte for byte */
    @SuppressWarnings("ArrayRecordComponent") // handed on, compared by its bytes
    private record StoredPlan(ReportingPlan plan, byte[] content) {}

    /**
     * Stores the next version of a year's plan, unless the effective version has the same content.
     *
     * @throws Refusal.Invalid when a line is invalid; nothing is stored
     */
    PlanLoadResult storePlan(int year, byte[] csv, String by) {
        int lines = ReportingPlanFile.parse(csv, services).size();
        return QuarkusTransaction.requiringNew().call(() -> {
            try {
                database.execute(AdvisoryLock.PLANS.exclusiveLockSql());
                Optional<StoredPlan> counts =
                        queryNewest(database, year, false).stream().findFirst();
                if (counts.isPresent() && Arrays.equals(counts.get().content(), csv)) {
                    return new PlanLoadResult(counts.get().plan(), false);
                }
                ReportingPlan next = new ReportingPlan(
                        year,
                        counts.map(kept -> kept.plan().version()).orElse(0) + 1,
                        lines,
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        by);
                database.update(
                        "insert into plan (year, version, content, lines, loaded_at, loaded_by) values (?, ?, ?, ?, ?, ?)",
                        year,
                        next.version(),
                        csv,
                        lines,
                        next.loadedAt(),
                        by);
                audit.appendEntries(AuditEntry.done(
                        "plan-loaded",
                        AUDIT_RECORD,
                        null,
                        String.valueOf(year),
                        Map.of("version", next.version(), "lines", lines)));
                return new PlanLoadResult(next, true);
            } catch (DatabaseException e) {
                throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
            }
        });
    }

    /** Returns the effective version of each year, the latest year first. */
    List<ReportingPlan> listNewest() {
        return readNewest(0, true).stream().map(StoredPlan::plan).toList();
    }

    /** Returns the file of the effective version; empty when the year never had a plan. */
    Optional<byte[]> findContent(int year) {
        return readNewest(year, false).stream().map(StoredPlan::content).findFirst();
    }

    /** Returns the expected records by sender and year; without the years that have no plan. */
    static Map<SenderYear, Long> readExpected(JdbcClient database) {
        Map<SenderYear, Long> expected = new HashMap<>();
        for (StoredPlan kept : queryNewest(database, 0, true)) {
            ReportingPlanFile.parseStored(kept.content())
                    .forEach((sender, records) ->
                            expected.put(new SenderYear(sender, kept.plan().year()), records));
        }
        return expected;
    }

    private List<StoredPlan> readNewest(int year, boolean all) {
        try {
            return queryNewest(database, year, all);
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
    }

    private static List<StoredPlan> queryNewest(JdbcClient database, int year, boolean all) {
        return database.query(
                NEWEST_SQL,
                row -> new StoredPlan(
                        new ReportingPlan(
                                row.getInt(1),
                                row.getInt(2),
                                row.getInt(3),
                                RowMapper.readInstant(row, 4),
                                row.getString(5)),
                        row.getBytes(6)),
                year,
                all);
    }
}
