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
 * Service for published statistics: the set of the platform and the loaded sets, with all their versions. An invalid
 * file of the platform prevents the start of the service, so that no later request fails on it.
 */
@Startup
@ApplicationScoped
public class PublishedSetService {

    /** Record name in the audit trail. */
    static final String AUDIT_RECORD = "published-set";

    private static final int PAGE_SIZE = 1_000;

    private final List<PublishedStatistic> builtIn = PublishedFileParser.readBuiltIn();
    private final PublishedSetStore store;
    private final PublishedFileValidator check;
    private final PublishedSeriesLoader series;
    private final AuditTrail audit;
    private final Clock clock;

    PublishedSetService(
            PublishedSetStore store,
            PublishedFileValidator check,
            PublishedSeriesLoader series,
            AuditTrail audit,
            Clock clock) {
        this.store = store;
        this.check = check;
        this.series = series;
        this.audit = audit;
        this.clock = clock;
    }

    /** The next version of a set, as the client sends it. */
    @SuppressWarnings("ArrayRecordComponent") // handed on to the store, never compared
    record PublishedSetUpload(
            String set, String title, String source, Optional<LocalDate> publishedOn, byte[] csv, String by) {}

    /** @param isNew false when this version was stored before */
    record SetLoadResult(PublishedSet set, boolean isNew) {}

    /**
     * Stores the next version of a set, unless the effective version has the same content.
     *
     * @param dryRun whether to return the outcome without storing it
     * @throws Refusal.Invalid when a line is invalid; nothing is stored
     */
    SetLoadResult storeSet(PublishedSetUpload sent, boolean dryRun) {
        int lines = check.parseAndValidate(sent.csv(), new SetVersion(sent.set(), 1), sent.publishedOn())
                .size();
        SetLoadResult result = QuarkusTransaction.requiringNew().call(() -> {
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
        series.loadIfChanged();
        return result;
    }

    private boolean isUnchanged(PublishedSet set, PublishedSetUpload sent) {
        return set.isDescribedAs(sent.title(), sent.source(), sent.publishedOn())
                && store.findContent(set.setVersion())
                        .filter(content -> Arrays.equals(content, sent.csv()))
                        .isPresent();
    }

    /**
     * Withdraws a version; the newest of the others is effective from now on. A version withdrawn earlier stays
     * unchanged.
     *
     * @throws Refusal.NotFound when there is no such version
     */
    PublishedSet withdrawVersion(SetVersion of, String reason, String by) {
        PublishedSet withdrawn = QuarkusTransaction.requiringNew().call(() -> {
            store.lockExclusively();
            PublishedSet set = store.findVersion(of).orElseThrow(Refusal.NotFound::new);
            if (!set.isWithdrawn()) {
                store.updateWithdrawal(
                        of, new SetWithdrawal(reason, clock.instant().truncatedTo(ChronoUnit.MICROS), by));
                audit.appendEntries(toAuditEntry("withdrawn", of, Map.of()));
            }
            return store.findVersion(of).orElseThrow(Refusal.NotFound::new);
        });
        series.loadIfChanged();
        return withdrawn;
    }

    private static AuditEntry toAuditEntry(String action, SetVersion of, Map<String, ?> what) {
        Map<String, Object> details = new LinkedHashMap<>(what);
        details.put("version", of.version());
        return AuditEntry.done("published-set-" + action, AUDIT_RECORD, null, of.set(), details);
    }

    /** Returns the number of lines in the set of the platform. */
    int countBuiltIn() {
        return builtIn.size();
    }

    /** Returns the effective lines: those of the platform, then the newest version of each loaded set. */
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

    /** Returns the effective lines of one set, none of a withdrawn one; empty when there is no such set. */
    public Optional<List<PublishedStatistic>> effectiveStatistics(String set) {
        if (set.equals(SetVersion.BUILT_IN.set())) {
            return Optional.of(builtIn);
        }
        return store.findNewest(set).map(newest -> newest.isWithdrawn() ? List.of() : statisticsOf(newest));
    }

    /** Returns the lines of one version, withdrawn or not; empty when there is no such version. */
    public Optional<List<PublishedStatistic>> statisticsOf(SetVersion of) {
        return of.equals(SetVersion.BUILT_IN)
                ? Optional.of(builtIn)
                : store.findVersion(of).map(this::statisticsOf);
    }

    /**
     * Parses lines that were valid when they were stored. A line that a figure can no longer compute is not compared.
     */
    private List<PublishedStatistic> statisticsOf(PublishedSet set) {
        byte[] csv = store.findContent(set.setVersion())
                .orElseThrow(() -> new IllegalStateException("no content of " + set.setVersion()));
        return PublishedFileParser.parseRows(PublishedFile.parse(csv), set.setVersion(), set.publishedOn()).stream()
                .map(PublishedFileParser.ParsedStatistic::line)
                .toList();
    }
}
