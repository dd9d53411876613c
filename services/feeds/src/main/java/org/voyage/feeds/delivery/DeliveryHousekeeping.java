package org.voyage.feeds.delivery;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.JdbcClient;

/** Periodic work on deliveries: warns before unread events expire, and deletes old attempts and notices. */
@ApplicationScoped
class DeliveryHousekeeping {

    /** Part of the retention of events after which an unread one is announced. */
    private static final int EXPIRY_WARNING_PERCENT = 80;
    /** How long attempts and notices are kept. */
    private static final Duration ATTEMPT_RETENTION = Duration.ofDays(30);

    /** Once for each low-water mark, whichever instance is first. */
    private static final String WARN_SQL = """
            with warned as (
              update delivery d set expiry_warned_for = d.low_epoch || '-' || d.low_sequence
                from endpoint e
               where e.id = d.endpoint
                 and d.expiry_warned_for is distinct from d.low_epoch || '-' || d.low_sequence
                 and (select v.stored_at from feed_event v
                       where v.feed = e.feed and (v.epoch, v.sequence) > (d.low_epoch, d.low_sequence)
                       order by v.epoch, v.sequence limit 1) < clock_timestamp() - ? * interval '1 ms'
              returning d.endpoint, d.low_epoch, d.low_sequence)
            insert into delivery_notice (endpoint, id, time, kind, position)
            select endpoint, coalesce((select max(id) from delivery_notice n where n.endpoint = w.endpoint), 0) + 1,
                   clock_timestamp(), 'position-expiring',
                   low_epoch || '-' || lpad(low_sequence::text, 16, '0')
              from warned w""";

    private final JdbcClient database;
    private final Duration retention;

    DeliveryHousekeeping(
            DataSource dataSource,
            @ConfigProperty(name = "voyage.feeds.retention", defaultValue = "30d") Duration retention) {
        this.database = new JdbcClient(dataSource);
        this.retention = retention;
    }

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void warnBeforeExpiry() {
        long warnedAge = retention.toMillis() * EXPIRY_WARNING_PERCENT / 100;
        DatabaseScope.runForAllProvinces(() -> database.update(WARN_SQL, warnedAge));
    }

    @Scheduled(every = "10m", delayed = "3m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void deleteOld() {
        long age = ATTEMPT_RETENTION.toMillis();
        DatabaseScope.runForAllProvinces(() -> {
            database.update("delete from delivery_attempt where time < now() - ? * interval '1 ms'", age);
            database.update("delete from delivery_notice where time < now() - ? * interval '1 ms'", age);
            database.update("delete from replay where finished_at < now() - ? * interval '1 ms'", age);
            return true;
        });
    }
}
