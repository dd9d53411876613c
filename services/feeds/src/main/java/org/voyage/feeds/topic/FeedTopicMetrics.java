package org.voyage.feeds.topic;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import javax.sql.DataSource;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.JdbcClient;

/** Metrics of the topics of feeds, by alliance. */
@ApplicationScoped
class FeedTopicMetrics {

    private static final String LAG_SQL = """
            select f.alliance,
                   coalesce(max((select extract(epoch from now() - v.stored_at) from feed_event v
                                  where v.feed = f.id
                                    and (v.epoch, v.sequence) > (coalesce(t.epoch, 0), coalesce(t.sequence, 0))
                                  order by v.epoch, v.sequence limit 1)), 0)
              from feed f join alliance a on a.code = f.alliance left join feed_topic t on t.feed = f.id
             where f.with_kafka and f.deleted_at is null and a.suspended_at is null and a.withdrawn_at is null
             group by f.alliance""";

    private static final String REWRITES_SQL = """
            select f.alliance, count(*) filter (where coalesce(t.state_epoch, 0) <> f.epoch)
              from feed f join alliance a on a.code = f.alliance left join feed_topic t on t.feed = f.id
             where f.with_kafka and f.deleted_at is null and a.suspended_at is null and a.withdrawn_at is null
             group by f.alliance""";

    private final JdbcClient database;
    private final MultiGauge lag;
    private final MultiGauge rewrites;

    FeedTopicMetrics(MeterRegistry registry, DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
        this.lag = MultiGauge.builder("voyage.feeds.kafka.lag.seconds")
                .description("Age of the oldest event that is not in the topic of its feed")
                .register(registry);
        this.rewrites = MultiGauge.builder("voyage.feeds.kafka.state.rewrites")
                .description("Feeds whose topic of states does not have each record yet")
                .register(registry);
    }

    @Scheduled(every = "15s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void readMetrics() {
        lag.register(readByAlliance(LAG_SQL), true);
        rewrites.register(readByAlliance(REWRITES_SQL), true);
    }

    private List<MultiGauge.Row<?>> readByAlliance(String sql) {
        return DatabaseScope.runForAllProvinces(() -> List.copyOf(database.query(
                sql, row -> MultiGauge.Row.of(Tags.of("alliance", row.getString(1)), row.getDouble(2)))));
    }
}
