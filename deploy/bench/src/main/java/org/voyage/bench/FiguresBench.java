package org.voyage.bench;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.voyage.bench.EnrolmentLog.Country;
import org.voyage.local.Platform;

/**
 * Measurement of the events/s of the live figures and of the evidence from the beginning of a log of enrolments. It
 * compares them with Flink SQL (in small batches, and one by one) and Kafka Streams. Both only count by year, province
 * and country over the same log. Each runs alone, in turn, in a process with the same heap. Each result is compared
 * with the expected counts.
 */
class FiguresBench {

    static final String HEAP_OPTION = "-Xmx2g";

    private static final int ROUND_COUNT = 3;
    private static final String ADMISSIONS_PATH =
            "/v1/indicators/inbound-admissions/values?by=year,province,nationality" + "&period="
                    + EnrolmentLog.FIRST_YEAR + ".." + EnrolmentLog.LAST_YEAR;
    /** Blocks the steps of the evidence but not its reading. */
    private static final String LOCK_SQL = "lock table consumer_offset in exclusive mode";

    private static final String NEXT_OFFSET_SQL = "select coalesce(sum(next_offset), 0) from consumer_offset";
    /** Selects the rate from the end of the first step to the end of the last, with the rows stored between them. */
    private static final String EVIDENCE_RATE_SQL = """
            select (select sum(last) from (select max(next_offset) as last from knowledge group by topic, partition) ends)
                   - (select sum(next_offset) from knowledge where known_at = (select min(known_at) from knowledge)),
                   (select extract(epoch from max(known_at) - min(known_at)) from knowledge)
            """;

    private static final String EVIDENCE_COUNT_SQL = """
            select left(after ->> 'startedOn', 4) || '/' || province || '/' || (after ->> 'nationality'), count(*)
              from (select distinct on (province, source_id) province, after
                      from evidence
                     where record = 'inbound-enrolment'
                     order by province, source_id, version desc) newest
             where after is not null
             group by 1
            """;

    private final Platform platform;
    private final Path project;
    private final Path folder;
    private final List<Country> countries;

    FiguresBench(Platform platform, Path project, Path folder, List<Country> countries) {
        this.platform = platform;
        this.project = project;
        this.folder = folder;
        this.countries = countries;
    }

    void runMeasurement(int events) throws Exception {
        BenchKafka kafka = new BenchKafka(platform);
        EnrolmentLog log = new EnrolmentLog(countries);
        kafka.createTopic(EnrolmentLog.TOPIC);
        log.publishUntil(kafka, events);
        Map<String, Long> exact = log.countAdmissions();
        System.out.printf(Locale.ROOT, "%,d events, %,d cells of year, province and country%n", events, exact.size());
        PeerProcess flink = new PeerProcess("flink", kafka, project, folder, PeerProcess::addFlinkCount, "gathered");
        PeerProcess flinkOneByOne =
                new PeerProcess("flink", kafka, project, folder, PeerProcess::addFlinkCount, "one-by-one");
        PeerProcess streams = new PeerProcess("streams", kafka, project, folder, PeerProcess::addStreamsCount);
        RoundComparison liveFlink = new RoundComparison("live", "Flink SQL", "events/s", 3);
        RoundComparison liveFlinkOneByOne = new RoundComparison("live", "Flink SQL one by one", "events/s", 3);
        RoundComparison liveStreams = new RoundComparison("live", "Kafka Streams", "events/s", 6);
        RoundComparison evidenceFlink = new RoundComparison("evidence", "Flink SQL", "events/s", 1.5);
        try (IndicatorsService indicators = new IndicatorsService(platform);
                ServiceDatabase database = new ServiceDatabase(platform, "indicators");
                ServiceDatabase holder = new ServiceDatabase(platform, "indicators")) {
            database.awaitAtLeast(NEXT_OFFSET_SQL, events);
            for (int round = 0; round < ROUND_COUNT; round++) {
                double live = measureLive(indicators, holder, events);
                IndicatorsService.requireEqualCounts(
                        "live", IndicatorsService.parseValues(indicators.getJson(ADMISSIONS_PATH)), exact);
                double evidence = measureEvidence(database, holder, events);
                IndicatorsService.requireEqualCounts("evidence", queryCounts(database), exact);
                double flinkRate = events / flink.measureSeconds(round, exact);
                double flinkOneByOneRate = events / flinkOneByOne.measureSeconds(round, exact);
                double streamsRate = events / streams.measureSeconds(round, exact);
                liveFlink.addRound(live, flinkRate);
                liveFlinkOneByOne.addRound(live, flinkOneByOneRate);
                liveStreams.addRound(live, streamsRate);
                evidenceFlink.addRound(evidence, flinkRate);
            }
        }
        liveFlink.printRounds();
        liveFlinkOneByOne.printRounds();
        liveStreams.printRounds();
        evidenceFlink.printRounds();
    }

    /** Starts without evidence and blocks it, so that the live figures have the machine to themselves. */
    private static double measureLive(IndicatorsService indicators, ServiceDatabase holder, int events)
            throws Exception {
        holder.runSql("truncate evidence, consumer_offset, knowledge, dead_letter");
        holder.openConnection().setAutoCommit(false);
        holder.runSql(LOCK_SQL);
        indicators.restartService();
        return indicators.readLiveRate(events);
    }

    /** Unblocks the evidence, of which the live figures are independent. */
    private static double measureEvidence(ServiceDatabase database, ServiceDatabase holder, int events)
            throws SQLException, InterruptedException {
        holder.openConnection().commit();
        holder.openConnection().setAutoCommit(true);
        database.awaitAtLeast(NEXT_OFFSET_SQL, events);
        try (Statement statement = database.openConnection().createStatement();
                ResultSet row = statement.executeQuery(EVIDENCE_RATE_SQL)) {
            row.next();
            return row.getDouble(1) / row.getDouble(2);
        }
    }

    private static Map<String, Long> queryCounts(ServiceDatabase database) throws SQLException {
        Map<String, Long> rows = new HashMap<>();
        try (Statement statement = database.openConnection().createStatement();
                ResultSet row = statement.executeQuery(EVIDENCE_COUNT_SQL)) {
            while (row.next()) {
                rows.put(row.getString(1), row.getLong(2));
            }
        }
        return rows;
    }
}
