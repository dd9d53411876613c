package org.voyage.indicators.feature.published;

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
import org.voyage.indicators.feature.published.PublishedSet.SetWithdrawal;
import org.voyage.indicators.feature.published.PublishedStatistic.SetVersion;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.problem.Refusal;

/**
 * What is published: the set that comes with the platform and those that were loaded, with all their versions. One bad file
 * of the platform's and the service does not start; the first to ask would be told of it otherwise.
 */
@Startup
@ApplicationScoped
public class PublishedSetService {

    /** As entries of the audit trail name it. */
    static final String AUDIT_RECORD = "published-set";

    private static final int PAGE_SIZE = 1_000;

    private final List<PublishedStatistic> builtIn = PublishedFileParser.readBuiltIn();
    private final PublishedSetStore store;
    private final PublishedFileValidator check;
    private final AuditTrail audit;
    private final Clock clock;

    PublishedSetService(PublishedSetStore store, PublishedFileValidator check, AuditTrail audit, Clock clock) {
        this.store = store;
        this.check = check;
        this.audit = audit;
        this.clock = clock;
    }

    /** What somebody sends as the next version of a set. */
    @SuppressWarnings("ArrayRecordComponent") // handed on to the store, never compared
    record PublishedSetUpload(
            String set, String title, String source, Optional<LocalDate> publishedOn, byte[] csv, String by) {}

    /** @param isNew false when this very version was there already */
    record SetLoadResult(PublishedSet set, boolean isNew) {}

    /**
     * Stores the next version of a set, unless the one that counts says the same.
     *
     * @param dryRun whether nothing is to be stored: the answer is what would be
     * @throws Refusal.Invalid when a line is wrong; nothing is stored
     */
    SetLoadResult storeSet(PublishedSetUpload sent, boolean dryRun) {
        int lines = check.parseAndValidate(sent.csv(), new SetVersion(sent.set(), 1), sent.publishedOn())
                .size();
        return QuarkusTransaction.requiringNew().call(() -> {
            store.lockExclusively();
            Optional<PublishedSet> counts = store.findNewest(sent.set()).filter(version -> !version.isWithdrawn());
            if (counts.isPresent() && isUnchanged(counts.get(), sent)) {
                return new SetLoadResult(counts.get(), false);
            }
            PublishedSet next = new PublishedSet(
                    new SetVersion(sent.set(), store.findLastVersion(sent.set()) + 1),
                    sent.title(),
                    sent.source(),
                    sent.publishedOn(),
                    lines,
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    sent.by(),
                    Optional.empty());
            if (!dryRun) {
                store.insertSet(next, sent.csv());
                audit.appendEntries(toAuditEntry("loaded", next.setVersion(), Map.of("lines", lines)));
            }
            return new SetLoadResult(next, true);
        });
    }

    private boolean isUnchanged(PublishedSet set, PublishedSetUpload sent) {
        return set.isDescribedAs(sent.title(), sent.source(), sent.publishedOn())
                && store.findContent(set.setVersion())
                        .filter(content -> Arrays.equals(content, sent.csv()))
                        .isPresent();
    }

    /**
     * Withdraws a version; the newest of the others counts from now on. One that is withdrawn already stays as it is.
     *
     * @throws Refusal.NotFound when there is no such version
     */
    PublishedSet withdrawVersion(SetVersion of, String reason, String by) {
        return QuarkusTransaction.requiringNew().call(() -> {
            store.lockExclusively();
            PublishedSet set = store.findVersion(of).orElseThrow(Refusal.NotFound::new);
            if (!set.isWithdrawn()) {
                store.updateWithdrawal(
                        of, new SetWithdrawal(reason, clock.instant().truncatedTo(ChronoUnit.MICROS), by));
                audit.appendEntries(toAuditEntry("withdrawn", of, Map.of()));
            }
            return store.findVersion(of).orElseThrow(Refusal.NotFound::new);
        });
    }

    private static AuditEntry toAuditEntry(String action, SetVersion of, Map<String, ?> what) {
        Map<String, Object> details = new LinkedHashMap<>(what);
        details.put("version", of.version());
        return AuditEntry.done("published-set-" + action, AUDIT_RECORD, null, of.set(), details);
    }

    /** How many lines the set has that comes with the platform. */
    int countBuiltIn() {
        return builtIn.size();
    }

    /** The lines that count: those that come with the platform, then the newest version of each set that was loaded. */
    public List<PublishedStatistic> effectiveStatistics() {
        List<PublishedStatistic> lines = new ArrayList<>(builtIn);
        String after = "";
        List<PublishedSet> page;
        do {
            page = store.findNewest(after, PAGE_SIZE);
            page.stream().filter(set -> !set.isWithdrawn()).forEach(set -> lines.addAll(statisticsOf(set)));
            after = page.isEmpty() ? "" : page.getLast().setVersion().set();
        } while (page.size() == PAGE_SIZE);
        return lines;
    }

    /** The lines of one set as they count, none of one that is withdrawn; empty when there is no such set. */
    public Optional<List<PublishedStatistic>> effectiveStatistics(String set) {
        if (set.equals(SetVersion.BUILT_IN.set())) {
            return Optional.of(builtIn);
        }
        return store.findNewest(set).map(newest -> newest.isWithdrawn() ? List.of() : statisticsOf(newest));
    }

    /** The lines of one version, withdrawn or not; empty when there is no such version. */
    public Optional<List<PublishedStatistic>> statisticsOf(SetVersion of) {
        return of.equals(SetVersion.BUILT_IN)
                ? Optional.of(builtIn)
                : store.findVersion(of).map(this::statisticsOf);
    }

    /** They were found right when they were stored; what a figure cannot answer any more is not compared. */
    private List<PublishedStatistic> statisticsOf(PublishedSet set) {
        byte[] csv = store.findContent(set.setVersion())
                .orElseThrow(() -> new IllegalStateException("no content of " + set.setVersion()));
        return PublishedFileParser.parseRows(PublishedFile.parse(csv), set.setVersion(), set.publishedOn()).stream()
                .map(PublishedFileParser.ParsedStatistic::line)
                .toList();
    }
}
