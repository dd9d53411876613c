package org.voyage.indicators.published;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voyage.indicators.published.PublishedLine.SetVersion;
import org.voyage.indicators.published.PublishedSet.Withdrawal;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.problem.Refusal;

/**
 * What is published: the set that comes with the platform and those that were loaded, with all their versions. One bad file
 * of the platform's and the service does not start; the first to ask would be told of it otherwise.
 */
@Startup
@ApplicationScoped
public class PublishedSets {

    /** As entries of the audit trail name it. */
    static final String RECORD = "published-set";

    private static final int PAGE = 1_000;

    private final List<PublishedLine> builtIn = PublishedReader.builtIn();
    private final PublishedStore store;
    private final PublishedCheck check;
    private final AuditTrail audit;
    private final Clock clock;

    PublishedSets(PublishedStore store, PublishedCheck check, AuditTrail audit, Clock clock) {
        this.store = store;
        this.check = check;
        this.audit = audit;
        this.clock = clock;
    }

    /** What somebody sends as the next version of a set. */
    @SuppressWarnings("ArrayRecordComponent") // handed on to the store, never compared
    record Sent(String set, String title, String source, Optional<LocalDate> publishedOn, byte[] csv, String by) {}

    /** @param isNew false when this very version was there already */
    record Loaded(PublishedSet set, boolean isNew) {}

    /**
     * Stores the next version of a set, unless the one that counts says the same.
     *
     * @param dryRun whether nothing is to be stored: the answer is what would be
     * @throws Refusal.Invalid when a line is wrong; nothing is stored
     */
    Loaded load(Sent sent, boolean dryRun) {
        int lines = check.lines(sent.csv(), new SetVersion(sent.set(), 1), sent.publishedOn())
                .size();
        return QuarkusTransaction.requiringNew().call(() -> {
            store.alone();
            Optional<PublishedSet> counts = store.newest(sent.set()).filter(version -> !version.isWithdrawn());
            if (counts.isPresent() && isSame(counts.get(), sent)) {
                return new Loaded(counts.get(), false);
            }
            PublishedSet next = new PublishedSet(
                    new SetVersion(sent.set(), store.lastVersion(sent.set()) + 1),
                    sent.title(),
                    sent.source(),
                    sent.publishedOn(),
                    lines,
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    sent.by(),
                    Optional.empty());
            if (!dryRun) {
                store.add(next, sent.csv());
                audit.appendEntries(entry("loaded", next.of(), Map.of("lines", lines)));
            }
            return new Loaded(next, true);
        });
    }

    private boolean isSame(PublishedSet set, Sent sent) {
        return set.isDescribedAs(sent.title(), sent.source(), sent.publishedOn())
                && store.content(set.of())
                        .filter(content -> Arrays.equals(content, sent.csv()))
                        .isPresent();
    }

    /**
     * Withdraws a version; the newest of the others counts from now on. One that is withdrawn already stays as it is.
     *
     * @throws Refusal.NotFound when there is no such version
     */
    PublishedSet withdraw(SetVersion of, String reason, String by) {
        return QuarkusTransaction.requiringNew().call(() -> {
            store.alone();
            PublishedSet set = store.find(of).orElseThrow(Refusal.NotFound::new);
            if (!set.isWithdrawn()) {
                store.withdraw(of, new Withdrawal(reason, clock.instant().truncatedTo(ChronoUnit.MICROS), by));
                audit.appendEntries(entry("withdrawn", of, Map.of()));
            }
            return store.find(of).orElseThrow(Refusal.NotFound::new);
        });
    }

    private static AuditEntry entry(String action, SetVersion of, Map<String, ?> what) {
        Map<String, Object> details = new LinkedHashMap<>(what);
        details.put("version", of.version());
        return AuditEntry.done("published-set-" + action, RECORD, null, of.set(), details);
    }

    /** How many lines the set has that comes with the platform. */
    int builtInLines() {
        return builtIn.size();
    }

    /** The lines that count: those that come with the platform, then the newest version of each set that was loaded. */
    public List<PublishedLine> effective() {
        List<PublishedLine> lines = new ArrayList<>(builtIn);
        String after = "";
        List<PublishedSet> page;
        do {
            page = store.newest(after, PAGE);
            page.stream().filter(set -> !set.isWithdrawn()).forEach(set -> lines.addAll(lines(set)));
            after = page.isEmpty() ? "" : page.getLast().of().set();
        } while (page.size() == PAGE);
        return lines;
    }

    /** The lines of one set as they count, none of one that is withdrawn; empty when there is no such set. */
    public Optional<List<PublishedLine>> effective(String set) {
        if (set.equals(SetVersion.BUILT_IN.set())) {
            return Optional.of(builtIn);
        }
        return store.newest(set).map(newest -> newest.isWithdrawn() ? List.of() : lines(newest));
    }

    /** The lines of one version, withdrawn or not; empty when there is no such version. */
    public Optional<List<PublishedLine>> lines(SetVersion of) {
        return of.equals(SetVersion.BUILT_IN)
                ? Optional.of(builtIn)
                : store.find(of).map(this::lines);
    }

    /** They were found right when they were stored; what a figure cannot answer any more is not compared. */
    private List<PublishedLine> lines(PublishedSet set) {
        byte[] csv = store.content(set.of()).orElseThrow(() -> new IllegalStateException("no content of " + set.of()));
        return PublishedReader.read(PublishedFile.of(csv), set.of(), set.publishedOn()).stream()
                .map(PublishedReader.Read::line)
                .toList();
    }
}
