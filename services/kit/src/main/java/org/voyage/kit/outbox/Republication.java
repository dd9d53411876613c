package org.voyage.kit.outbox;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voyage.kit.access.Scopes;
import org.voyage.kit.audit.Audit;
import org.voyage.kit.audit.AuditEntry;

/** Publishes a record's whole state again, for a reader that starts where the log no longer reaches back. */
@ApplicationScoped
public class Republication {

    private static final int PAGE = 1_000;

    private final Outbox outbox;
    private final Instance<RepublishedRecord> records;
    private final Audit audit;

    Republication(Outbox outbox, Instance<RepublishedRecord> records, Audit audit) {
        this.outbox = outbox;
        this.records = records;
        this.audit = audit;
    }

    /**
     * @param events events appended
     * @param receipt a reader that has it has them all
     */
    public record Result(long events, Receipt receipt) {}

    /** The names of the records that can be republished. */
    public List<String> records() {
        return records.stream().map(RepublishedRecord::record).sorted().toList();
    }

    /** Empty when the service has no such record. */
    public Optional<Result> republish(String record, String actor) {
        return records.stream()
                .filter(candidate -> candidate.record().equals(record))
                .findFirst()
                .map(found -> Scopes.everything(() -> republish(found, actor)));
    }

    /** Every record of the service, one after the other. */
    public Map<String, Result> republishAll(String actor) {
        Map<String, Result> results = new LinkedHashMap<>();
        for (String record : records()) {
            republish(record, actor).ifPresent(result -> results.put(record, result));
        }
        return results;
    }

    private record Page(List<OutgoingEvent> events, Receipt receipt) {}

    private Result republish(RepublishedRecord record, String actor) {
        long count = 0;
        Receipt receipt = Receipt.NOTHING;
        Optional<String> after = Optional.empty();
        while (true) {
            Optional<String> from = after;
            Page page = QuarkusTransaction.requiringNew().call(() -> {
                List<OutgoingEvent> events = record.page(from, PAGE, actor);
                if (!events.isEmpty()) {
                    audit.append(AuditEntry.done(
                            "republished", record.record(), null, null, Map.of("events", events.size())));
                }
                return new Page(events, outbox.append(events));
            });
            if (page.events.isEmpty()) {
                return new Result(count, receipt);
            }
            count += page.events.size();
            receipt = receipt.and(page.receipt);
            after = Optional.of(page.events.getLast().key());
        }
    }
}
