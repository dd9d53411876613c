package org.voyage.bench.flink;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * Flink SQL job that counts the facts of a log of changes by year, province and country, from its beginning to its
 * current end. It subtracts the state before a change and adds the state after it. State is kept exactly once (a
 * checkpoint each second). The counts go to a compacted topic as upserts, which may be repeated without harm. By
 * default Flink counts changes one by one; the alternative gathers small batches, which makes such a count faster.
 */
public final class CountJob {

    private static final String LOG = """
            create table log (
              province string,
              `before` row<nationality string, startedOn string>,
              `after` row<nationality string, startedOn string>
            ) with (
              'connector' = 'kafka', 'topic' = '%s', 'properties.bootstrap.servers' = '%s',
              'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset', 'format' = 'json'
            )""";
    private static final String COUNTS = """
            create table counts (
              started string, province string, country string, facts bigint,
              primary key (started, province, country) not enforced
            ) with (
              'connector' = 'upsert-kafka', 'topic' = '%s', 'properties.bootstrap.servers' = '%s',
              'key.format' = 'json', 'value.format' = 'json'
            )""";
    private static final String COUNT = """
            insert into counts
            select started, province, country, sum(facts)
              from (select substring(`after`.startedOn, 1, 4) as started, province,
                           `after`.nationality as country, cast(1 as bigint) as facts
                      from log where `after` is not null
                    union all
                    select substring(`before`.startedOn, 1, 4), province, `before`.nationality, cast(-1 as bigint)
                      from log where `before` is not null)
             group by started, province, country""";

    private static final Configuration GATHERED = Configuration.fromMap(Map.of(
            "table.exec.mini-batch.enabled", "true",
            "table.exec.mini-batch.allow-latency", "1s",
            "table.exec.mini-batch.size", "10000"));

    private CountJob() {}

    /**
     * @param arguments bootstrap servers, topic to read, topic to write, folder of checkpoints as a URI, {@code gathered} or
     *     {@code one-by-one}
     */
    public static void main(String[] arguments) throws Exception {
        String servers = arguments[0];
        Configuration configuration = Configuration.fromMap(Map.of(
                "parallelism.default", "2",
                "taskmanager.numberOfTaskSlots", "2",
                "execution.checkpointing.interval", "1s",
                "execution.checkpointing.mode", "EXACTLY_ONCE",
                "execution.checkpointing.dir", arguments[3]));
        switch (arguments[4]) {
            case "gathered" -> configuration.addAll(GATHERED);
            case "one-by-one" -> {}
            default -> throw new IllegalArgumentException("gathered or one-by-one, not " + arguments[4]);
        }
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(StreamExecutionEnvironment.createLocalEnvironment(configuration));
        tables.executeSql(LOG.formatted(arguments[1], servers));
        tables.executeSql(COUNTS.formatted(arguments[2], servers));
        TableResult result = tables.executeSql(COUNT);
        awaitRunning(result.getJobClient().orElseThrow());
        long start = System.nanoTime();
        result.await();
        System.out.printf(Locale.ROOT, "seconds %.3f%n", (System.nanoTime() - start) / 1e9);
        System.exit(0);
    }

    private static void awaitRunning(JobClient job) throws ExecutionException, InterruptedException {
        JobStatus status = job.getJobStatus().get();
        while (status != JobStatus.RUNNING && !status.isGloballyTerminalState()) {
            TimeUnit.MILLISECONDS.sleep(1);
            status = job.getJobStatus().get();
        }
    }
}
