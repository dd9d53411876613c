package org.voyage.kit.bulk;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.RepublishableRecord;

/** Republisher of the events of ended batches. */
@ApplicationScoped
class BatchRepublisher implements RepublishableRecord {

    private static final String PAGE_SQL = BatchEventPublisher.ENDED_BATCHES_SQL
            + " where finished_at is not null and not dry_run and (province, id::text) > (?, ?)"
            + " order by province, id::text limit ? for share";

    private final JdbcClient database;
    private final BatchEventPublisher events;

    BatchRepublisher(DataSource dataSource, BatchEventPublisher events) {
        this.database = new JdbcClient(dataSource);
        this.events = events;
    }

    @Override
    public String record() {
        return "batch";
    }

    @Override
    public List<OutgoingEvent> nextPage(Optional<String> after, int limit, String actor) {
        String[] key = after.orElse("/").split("/", -1);
        UUID republication = UUID.randomUUID();
        return database.query(
                PAGE_SQL, batch -> events.republishedEvent(batch, republication, actor), key[0], key[1], limit);
    }
}
