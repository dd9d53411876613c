package org.voyage.kit.http;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.BatchContext;
import org.voyage.kit.bulk.ChunkOutcome;
import org.voyage.kit.bulk.Row;
import org.voyage.kit.bulk.RowHandler;
import org.voyage.kit.bulk.RowOutcome;
import org.voyage.kit.outbox.Outbox;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.web.FieldReader;

/** Stores things one by one; some names make it stumble. */
@ApplicationScoped
public class ThingRows implements RowHandler {
    private final AtomicInteger stumbled = new AtomicInteger();
    private final DataSource dataSource;
    private final Outbox outbox;

    ThingRows(DataSource dataSource, Outbox outbox) {
        this.dataSource = dataSource;
        this.outbox = outbox;
    }

    record Thing(String name, @Nullable Long size) {}

    static Thing read(FieldReader in) {
        var thing = new Thing(in.text("name", 100), in.optionalInteger("size", 0, 1_000_000));
        in.finish();
        return thing;
    }

    @Override
    public ChunkOutcome handle(List<Row> rows, BatchContext context) {
        var outcomes = new ArrayList<RowOutcome>();
        var events = new ArrayList<OutgoingEvent>();
        for (var row : rows) {
            var in = row.fields();
            var thing = row.withdraws()
                    ? new Thing("", null)
                    : new Thing(in.text("name", 100), in.optionalInteger("size", 0, 1_000_000));
            var findings = row.withdraws() ? in.foundSoFar() : in.findings();
            outcomes.add(findings.isEmpty() ? store(row, thing, context) : RowOutcome.refused(findings));
            if (findings.isEmpty() && !context.dryRun()) {
                events.add(new OutgoingEvent(
                        "things.thing",
                        context.province() + "/" + row.sourceId(),
                        UUID.randomUUID(),
                        "org.voyage.thing.changed.v1",
                        Instant.now(),
                        "{}"));
            }
        }
        return new ChunkOutcome(outcomes, events.isEmpty() ? Receipt.NOTHING : outbox.append(events));
    }

    private RowOutcome store(Row row, Thing thing, BatchContext context) {
        if (thing.name().equals("boom")) {
            throw new IllegalStateException("boom");
        }
        try (var connection = dataSource.getConnection()) {
            if (row.withdraws()) {
                try (var delete =
                        connection.prepareStatement("delete from thing where province = ? and source_id = ?")) {
                    delete.setString(1, context.province().code());
                    delete.setString(2, row.sourceId());
                    return delete.executeUpdate() == 1 ? RowOutcome.WITHDRAWN : RowOutcome.UNCHANGED;
                }
            }
            var sql = "insert into thing values (?, ?, ?, ?) on conflict (province, source_id)"
                    + " do update set name = excluded.name, size = excluded.size returning xmax = 0";
            try (var insert = connection.prepareStatement(sql)) {
                insert.setString(1, context.province().code());
                insert.setString(2, row.sourceId());
                insert.setString(3, thing.name());
                insert.setObject(4, thing.size());
                if (thing.name().equals("stumble") && stumbled.getAndIncrement() == 0) {
                    throw new SQLException("deadlock detected", "40P01");
                }
                var answer = insert.executeQuery();
                answer.next();
                return answer.getBoolean(1) ? RowOutcome.CREATED : RowOutcome.CORRECTED;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
