package org.voyage.feeds.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.voyage.feeds.delivery.http.WebhookReply;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.JdbcClient;

/** Metrics of the deliveries, by alliance. */
@ApplicationScoped
class DeliveryMetrics {

    private static final String ALLIANCE = "alliance";

    private static final String STATE_SQL = """
            select e.alliance,
                   count(*) filter (where d.down_since is not null and e.status = 'enabled'),
                   count(*) filter (where e.status = 'disabled' and e.reason <> 'alliance'),
                   coalesce(sum((select count(*) from held_event h where h.endpoint = e.id)), 0),
                   coalesce(sum((select count(*) from undelivered_event u where u.endpoint = e.id)), 0),
                   coalesce(max((select extract(epoch from now() - v.stored_at) from feed_event v
                                  where v.feed = e.feed and (v.epoch, v.sequence) > (d.low_epoch, d.low_sequence)
                                  order by v.epoch, v.sequence limit 1)), 0)
              from endpoint e join delivery d on d.endpoint = e.id
             group by e.alliance""";

    private final MeterRegistry registry;
    private final JdbcClient database;
    private final MultiGauge down;
    private final MultiGauge disabled;
    private final MultiGauge held;
    private final MultiGauge undelivered;
    private final MultiGauge lag;

    DeliveryMetrics(MeterRegistry registry, DataSource dataSource) {
        this.registry = registry;
        this.database = new JdbcClient(dataSource);
        this.down = gauge("voyage.feeds.endpoints.down", "Endpoints that are down");
        this.disabled = gauge("voyage.feeds.endpoints.disabled", "Endpoints that the service has disabled");
        this.held = gauge("voyage.feeds.deliveries.held", "Events that wait behind a refused one of their record");
        this.undelivered = gauge("voyage.feeds.deliveries.undelivered", "Events on the undelivered lists");
        this.lag = gauge("voyage.feeds.deliveries.lag.seconds", "Age of the oldest event that was not delivered");
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    void countRequest(String alliance, WebhookReply reply, int events) {
        Tags tags = Tags.of(ALLIANCE, alliance, "outcome", reply.kind().name().toLowerCase(Locale.ROOT));
        registry.counter("voyage.feeds.webhooks", tags).increment();
        registry.timer("voyage.feeds.webhook.duration", Tags.of(ALLIANCE, alliance))
                .record(reply.duration());
        if (reply.isAccepted()) {
            registry.counter("voyage.feeds.deliveries", Tags.of(ALLIANCE, alliance))
                    .increment(events);
        }
    }

    @Scheduled(every = "15s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void readState() {
        List<List<MultiGauge.Row<?>>> rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rows.add(new ArrayList<>());
        }
        DatabaseScope.runForAllProvinces(() -> database.queryEach(STATE_SQL, row -> {
            Tags tags = Tags.of(ALLIANCE, row.getString(1));
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).add(MultiGauge.Row.of(tags, row.getDouble(i + 2)));
            }
        }));
        List<MultiGauge> gauges = List.of(down, disabled, held, undelivered, lag);
        for (int i = 0; i < gauges.size(); i++) {
            gauges.get(i).register(rows.get(i), true);
        }
    }
}
