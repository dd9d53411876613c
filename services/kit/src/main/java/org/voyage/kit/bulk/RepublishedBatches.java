package org.voyage.kit.bulk;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.RepublishedRecord;

/** Tells again what became of every file that was told of. */
@ApplicationScoped
class RepublishedBatches implements RepublishedRecord {

    private static final String PAGE = BatchEvents.ENDED
            + " where finished_at is not null and not dry_run and (province, id::text) > (?, ?)"
            + " order by province, id::text limit ? for share";

    private final DataSource dataSource;
    private final BatchEvents events;

    RepublishedBatches(DataSource dataSource, BatchEvents events) {
        this.dataSource = dataSource;
        this.events = events;
    }

    @Override
    public String record() {
        return "batch";
    }

    @Override
    public List<OutgoingEvent> page(Optional<String> after, int limit, String actor) {
        String[] key = after.orElse("/").split("/", -1);
        UUID republication = UUID.randomUUID();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(PAGE)) {
            statement.setString(1, key[0]);
            statement.setString(2, key[1]);
            statement.setInt(3, limit);
            List<OutgoingEvent> page = new ArrayList<>();
            try (ResultSet batch = statement.executeQuery()) {
                while (batch.next()) {
                    page.add(events.again(batch, republication, actor));
                }
            }
            return page;
        } catch (SQLException e) {
            throw new BatchStoreFailure(e);
        }
    }
}
