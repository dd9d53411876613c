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
 * Events/s of the live figures and of the evidence from the beginning of a log of enrolments, beside Flink SQL (in small
 * batches, and one by one as it comes) and Kafka Streams doing no more than the count by year, province and country over the
 * same log. Each alone, in turn, in a process
 * with the same heap, and each result compared with what has to come out.
 */
class FiguresBench {

    static final String MEMORY = "-Xmx2g";

    private static final int ROUNDS = 3;
    private static final String ADMISSIONS = "/v1/indicators/inbound-admissions/values?by=year,province,nationality"
            + "&period=" + EnrolmentLog.FIRST_YEAR + ".." + EnrolmentLog.LAST_YEAR;
    /** Steps of the evidence wait for it, reading does not. */
    private static final String HOLD = "lock table consumer_offset in exclusive mode";

    private static final String READ_TO = "select coalesce(sum(next_offset), 0) from consumer_offset";
    /** From the end of the first step to the end of the last, and only what was stored meanwhile. */
    private static final String EVIDENCE_RATE = """
            select (select sum(last) from (select max(next_offset) as last from knowledge group by topic, partition) ends)
                   - (select sum(next_offset) from knowledge where known_at = (select min(known_at) from knowledge)),
                   (select extract(epoch from max(known_at) - min(known_at)) from knowledge)
            """;

    private static final String EVIDENCE_COUNT = """
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

    void run(int events) throws Exception {
        Kafka kafka = new Kafka(platform);
        EnrolmentLog log = new EnrolmentLog(countries);
        kafka.create(EnrolmentLog.TOPIC);
        log.publish(kafka, events);
        Map<String, Long> exact = log.admissions();
        System.out.printf(Locale.ROOT, "%,d events, %,d cells of year, province and country%n", events, exact.size());
        Peer flink = new Peer("flink", kafka, project, folder, Peer::flinkCount, "gathered");
        Peer flinkOneByOne = new Peer("flink", kafka, project, folder, Peer::flinkCount, "one-by-one");
        Peer streams = new Peer("streams", kafka, project, folder, Peer::streamsCount);
        Rounds liveFlink = new Rounds("live", "Flink SQL", "events/s", 3);
        Rounds liveFlinkOneByOne = new Rounds("live", "Flink SQL one by one", "events/s", 3);
        Rounds liveStreams = new Rounds("live", "Kafka Streams", "events/s", 6);
        Rounds evidenceFlink = new Rounds("evidence", "Flink SQL", "events/s", 1.5);
        try (Indicators indicators = new Indicators(platform);
                Database database = new Database(platform, "indicators");
                Database holder = new Database(platform, "indicators")) {
            database.awaitAtLeast(READ_TO, events);
            for (int round = 0; round < ROUNDS; round++) {
                double live = live(indicators, holder, events);
                Indicators.requireEqual("live", Indicators.values(indicators.get(ADMISSIONS)), exact);
                double evidence = evidence(database, holder, events);
                Indicators.requireEqual("evidence", rows(database), exact);
                double flinkRate = events / flink.seconds(round, exact);
                double flinkOneByOneRate = events / flinkOneByOne.seconds(round, exact);
                double streamsRate = events / streams.seconds(round, exact);
                liveFlink.add(live, flinkRate);
                liveFlinkOneByOne.add(live, flinkOneByOneRate);
                liveStreams.add(live, streamsRate);
                evidenceFlink.add(evidence, flinkRate);
            }
        }
        liveFlink.print();
        liveFlinkOneByOne.print();
        liveStreams.print();
        evidenceFlink.print();
    }

    /** Starts without evidence and keeps that from being filled, so that the live figures have the machine to themselves. */
    private static double live(Indicators indicators, Database holder, int events) throws Exception {
        holder.run("truncate evidence, consumer_offset, knowledge, set_aside");
        holder.connection().setAutoCommit(false);
        holder.run(HOLD);
        indicators.restart();
        return indicators.liveRate(events);
    }

    /** Lets the evidence go, which the live figures have no part in. */
    private static double evidence(Database database, Database holder, int events)
            throws SQLException, InterruptedException {
        holder.connection().commit();
        holder.connection().setAutoCommit(true);
        database.awaitAtLeast(READ_TO, events);
        try (Statement statement = database.connection().createStatement();
                ResultSet row = statement.executeQuery(EVIDENCE_RATE)) {
            row.next();
            return row.getDouble(1) / row.getDouble(2);
        }
    }

    private static Map<String, Long> rows(Database database) throws SQLException {
        Map<String, Long> rows = new HashMap<>();
        try (Statement statement = database.connection().createStatement();
                ResultSet row = statement.executeQuery(EVIDENCE_COUNT)) {
            while (row.next()) {
                rows.put(row.getString(1), row.getLong(2));
            }
        }
        return rows;
    }
}
