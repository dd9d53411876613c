package org.voyage.kit.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.BatchContext;
import org.voyage.kit.bulk.RowHandler;
import org.voyage.kit.bulk.format.FieldChange;
import org.voyage.kit.bulk.format.SubmittedRow;
import org.voyage.kit.bulk.outcome.ChunkOutcome;
import org.voyage.kit.bulk.outcome.RowOutcome;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.outbox.Outbox;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Finding;

/** Row handler that stores things one by one; some names make it fail. */
@ApplicationScoped
public class ThingRowHandler implements RowHandler {
    private static final CodeSet<String> KINDS = CodeSet.of("kind", List.of("pot", "bowl", "cup"));

    private final AtomicInteger stumbled = new AtomicInteger();
    private final DataSource dataSource;
    private final Outbox outbox;
    private final TransactionManager transactions;

    ThingRowHandler(DataSource dataSource, Outbox outbox, TransactionManager transactions) {
        this.dataSource = dataSource;
        this.outbox = outbox;
        this.transactions = transactions;
    }

    record Thing(String name, @Nullable Long size) {}

    static Thing read(FieldReader in) {
        var thing = fields(in);
        in.requireNoFindings();
        return thing;
    }

    private static Thing fields(FieldReader in) {
        in.readOptionalCode("kind", KINDS);
        in.readOptionalDate("madeOn");
        boolean fragile = in.readFlag("fragile", false);
        in.readTexts("owners", TextFormat.upTo(20), 0, 9);
        Long size = in.readOptionalInteger("size", 0, 1_000_000);
        if (fragile && size != null && size > 1_000) {
            in.refuseField("size", "heavy", "It would break under its own weight.", "过重易碎。");
        }
        return new Thing(in.readText("name", 100), size);
    }

    @Override
    public Set<String> records() {
        return Set.of("thing");
    }

    @Override
    public ChunkOutcome handleRows(List<SubmittedRow> rows, BatchContext context) {
        var outcomes = new ArrayList<RowOutcome>();
        var events = new ArrayList<OutgoingEvent>();
        for (var row : rows) {
            var in = row.fields();
            var thing = row.isWithdrawal() ? new Thing("", null) : fields(in);
            var findings = row.isWithdrawal() ? in.findingsSoFar() : in.collectFindings();
            outcomes.add(findings.isEmpty() ? storeThing(row, thing, context) : RowOutcome.refused(findings));
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
        return new ChunkOutcome(outcomes, events.isEmpty() ? Receipt.EMPTY : outbox.appendEvents(events));
    }

    private RowOutcome storeThing(SubmittedRow row, Thing thing, BatchContext context) {
        if (thing.name().equals("boom")) {
            throw new IllegalStateException("boom");
        }
        if (thing.name().equals("timed-out")) {
            rollBackFromAnotherThread();
        }
        try (var connection = dataSource.getConnection()) {
            if (row.isWithdrawal()) {
                try (var delete =
                        connection.prepareStatement("delete from thing where province = ? and source_id = ?")) {
                    delete.setString(1, context.province().code());
                    delete.setString(2, row.sourceId());
                    return delete.executeUpdate() == 1 ? RowOutcome.WITHDRAWN : RowOutcome.UNCHANGED;
                }
            }
            var before = findStored(connection, row, context);
            if (thing.equals(before)) {
                return RowOutcome.UNCHANGED;
            }
            var sql = "insert into thing values (?, ?, ?, ?) on conflict (province, source_id)"
                    + " do update set name = excluded.name, size = excluded.size returning xmax = 0";
            try (var insert = connection.prepareStatement(sql)) {
                insert.setString(1, context.province().code());
                insert.setString(2, row.sourceId());
                insert.setString(3, thing.name());
                insert.setObject(4, thing.size());
                if (thing.name().equals("unreachable")) {
                    throw new SQLException("the connection is gone", "08006");
                }
                if (thing.name().equals("stumble") && stumbled.getAndIncrement() == 0) {
                    throw new SQLException("deadlock detected", "40P01");
                }
                var answer = insert.executeQuery();
                answer.next();
                var stored = answer.getBoolean(1) ? RowOutcome.CREATED : corrected(before, thing, context);
                return thing.size() == null || thing.size() < 900_000
                        ? stored
                        : stored.withWarnings(List.of(Finding.field("size", "size-large", "Very large.", "过大。")));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The transaction manager ends a transaction this way when its time is up. */
    private void rollBackFromAnotherThread() {
        try {
            Transaction current = transactions.getTransaction();
            CompletableFuture.runAsync(() -> {
                        try {
                            current.rollback();
                        } catch (SystemException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .join();
        } catch (SystemException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Thing findStored(Connection connection, SubmittedRow row, BatchContext context)
            throws SQLException {
        try (var select =
                connection.prepareStatement("select name, size from thing where province = ? and source_id = ?")) {
            select.setString(1, context.province().code());
            select.setString(2, row.sourceId());
            var found = select.executeQuery();
            return found.next() ? new Thing(found.getString(1), found.getObject(2, Long.class)) : null;
        }
    }

    private static RowOutcome corrected(@Nullable Thing before, Thing after, BatchContext context) {
        return before == null || !context.dryRun()
                ? RowOutcome.CORRECTED
                : RowOutcome.corrected(FieldChange.between(json(before), json(after)));
    }

    private static ObjectNode json(Thing thing) {
        var json = JsonNodeFactory.instance.objectNode().put("name", thing.name());
        return thing.size() == null ? json : json.put("size", thing.size());
    }
}
