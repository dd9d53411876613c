package org.voyage.kit.outbox;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;

/** Publisher of a record's whole state, for a reader that starts after the retention of the log. */
@ApplicationScoped
public class Republisher {

    private static final int PAGE_SIZE = 1_000;

    private final Outbox outbox;
    private final Instance<RepublishableRecord> records;
    private final AuditTrail audit;

    Republisher(Outbox outbox, Instance<RepublishableRecord> records, AuditTrail audit) {
        this.outbox = outbox;
        this.records = records;
        this.audit = audit;
    }

    /**
     * @param events number of appended events
     * @param receipt a reader at this receipt has all of them
     */
    public record RepublicationResult(long events, Receipt receipt) {}

    /** Returns the names of the records that can be republished. */
    public List<String> records() {
        return records.stream().map(RepublishableRecord::record).sorted().toList();
    }

    /** Republishes one record type; empty when the service has no such record. */
    public Optional<RepublicationResult> republishRecord(String record, String actor) {
        return records.stream()
                .filter(candidate -> candidate.record().equals(record))
                .findFirst()
                .map(found ->
                        DatabaseScope.runForAllProvinces(() -> republishPages(found, actor, UnaryOperator.identity())));
    }

    /** Republishes every record type of the service, one after the other. */
    public Map<String, RepublicationResult> republishAll(String actor) {
        Map<String, RepublicationResult> results = new LinkedHashMap<>();
        for (String record : records()) {
            republishRecord(record, actor).ifPresent(result -> results.put(record, result));
        }
        return results;
    }

    /**
     * Republishes every record type without a request.
     *
     * @return number of appended events
     */
    long republishAll(AuditEntry.BackgroundActor background) {
        return DatabaseScope.runForAllProvinces(() -> records.stream()
                .sorted(Comparator.comparing(RepublishableRecord::record))
                .mapToLong(record -> republishPages(
                                record,
                                background.actor(),
                                entry -> entry.withActor(background.actor(), background.requestId()))
                        .events())
                .sum());
    }

    private record RepublicationPage(List<OutgoingEvent> events, Receipt receipt) {}

    private RepublicationResult republishPages(
            RepublishableRecord record, String actor, UnaryOperator<AuditEntry> origin) {
        long count = 0;
        Receipt receipt = Receipt.EMPTY;
        Optional<String> after = Optional.empty();
        while (true) {
            Optional<String> from = after;
            RepublicationPage page = QuarkusTransaction.requiringNew().call(() -> {
                List<OutgoingEvent> events = record.nextPage(from, PAGE_SIZE, actor);
                if (!events.isEmpty()) {
                    audit.appendEntries(origin.apply(AuditEntry.done(
                            "republished", record.record(), null, null, Map.of("events", events.size()))));
                }
                return new RepublicationPage(events, outbox.appendEvents(events));
            });
            if (page.events.isEmpty()) {
                return new RepublicationResult(count, receipt);
            }
            count += page.events.size();
            receipt = receipt.plus(page.receipt);
            after = Optional.of(page.events.getLast().key());
        }
    }
}
