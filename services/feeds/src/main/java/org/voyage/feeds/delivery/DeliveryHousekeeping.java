package org.voyage.feeds.delivery;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import javax.sql.DataSource;
import org.voyage.feeds.delivery.config.DeliveryConfig;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.JdbcClient;

/** Periodic deletion of old attempts and replays. */
@ApplicationScoped
class DeliveryHousekeeping {

    private final JdbcClient database;
    private final DeliveryConfig config;

    DeliveryHousekeeping(DataSource dataSource, DeliveryConfig config) {
        this.database = new JdbcClient(dataSource);
        this.config = config;
    }

    @Scheduled(every = "10m", delayed = "3m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void deleteOld() {
        long age = config.keep().toMillis();
        DatabaseScope.runForAllProvinces(() -> {
            database.update("delete from delivery_attempt where time < now() - ? * interval '1 ms'", age);
            // The release before wrote them, and may still do so during an upgrade.
            database.update("delete from delivery_notice where time < now() - ? * interval '1 ms'", age);
            database.update("delete from replay where finished_at < now() - ? * interval '1 ms'", age);
            return true;
        });
    }
}
