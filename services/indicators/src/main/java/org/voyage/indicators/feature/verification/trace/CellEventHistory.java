package org.voyage.indicators.feature.verification.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.evidence.EvidenceHistory;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.feature.verification.recount.CellKey;
import org.voyage.indicators.feature.verification.recount.EventLogScanner;
import org.voyage.indicators.feature.verification.recount.EvidenceStateSource;
import org.voyage.indicators.feature.verification.recount.FigureRecount;
import org.voyage.indicators.feature.verification.recount.ProofUndecidedException;
import org.voyage.indicators.feature.verification.recount.RecountDefinitions;
import org.voyage.indicators.feature.verification.recount.StateFields;
import org.voyage.kit.database.DatabaseException;

/**
 * History of the events that can concern some cells of one figure: events of every record of the cell's province and
 * time, in any version, and of its parent records. It makes two passes over the log: the first finds the records, the
 * second their events.
 */
public final class CellEventHistory {

    /** Limit for the events about a figure's differing cells. */
    static final int MAX_EVENTS = 20_000;

    private final EventLogScanner log;
    private final EvidenceHistory evidence;
    private final Checkpoint checkpoint;
    private final RecountDefinitions definitions;
    private final FigureRecount recount;
    private final Map<CellKey, Set<String>> keysByCell = new HashMap<>();
    private final Map<String, Set<String>> wantedKeys = new HashMap<>();
    private final List<LoggedEvent> events = new ArrayList<>();
    private final List<EvidenceHistory.StoredVersion> storedVersions = new ArrayList<>();

    public CellEventHistory(
            EventLogScanner log,
            EvidenceHistory evidence,
            Checkpoint checkpoint,
            RecountDefinitions definitions,
            FigureRecount recount) {
        this.log = log;
        this.evidence = evidence;
        this.checkpoint = checkpoint;
        this.definitions = definitions;
        this.recount = recount;
    }

    /** @return false when there are too many events */
    public boolean collectEvents(Collection<CellKey> cells) throws ProofUndecidedException {
        String own = recount.indicator().record();
        cells.forEach(at -> keysByCell.put(at, new HashSet<>()));
        log.scan(own, checkpoint.nextOffsets(), published -> {
            if (published.stateAfter().isObject()) {
                registerIfRelevant(published.key(), definitions.readFields(own, published.stateAfter()));
            }
        });
        new EvidenceStateSource(evidence, checkpoint, definitions).forEachNewest(own, (key, fields) -> {
            if (fields != null) {
                registerIfRelevant(key, fields);
            }
        });
        for (String record : recount.indicator().records()) {
            Set<String> these = wantedKeys.getOrDefault(record, Set.of());
            log.scan(record, checkpoint.nextOffsets(), published -> {
                if (these.contains(published.key()) && events.size() <= MAX_EVENTS) {
                    events.add(new LoggedEvent(record, published));
                }
            });
            storedVersions.addAll(findStoredVersions(record, these));
        }
        Collections.sort(events);
        return events.size() <= MAX_EVENTS && storedVersions.size() <= MAX_EVENTS;
    }

    /** Returns the published events of the records that can be in a cell, and of their parent records. */
    public List<LoggedEvent> eventsOf(CellKey at) {
        return events.stream()
                .filter(step -> isRelevantFor(at, step.record(), step.key()))
                .toList();
    }

    /** Returns the versions in the evidence of the same records. */
    public List<EvidenceHistory.StoredVersion> storedVersionsOf(CellKey at) {
        return storedVersions.stream()
                .filter(row -> isRelevantFor(at, row.record(), row.location().key()))
                .toList();
    }

    private boolean isRelevantFor(CellKey at, String record, String key) {
        return !record.equals(recount.indicator().record())
                || keysByCell.getOrDefault(at, Set.of()).contains(key);
    }

    private void registerIfRelevant(String key, StateFields fields) {
        int province = recount.columns().indexOf("province");
        keysByCell.forEach((at, its) -> {
            if (recount.mayCountAt(fields, at.time())
                    && (province < 0 || key.startsWith(at.codes().get(province) + "/"))) {
                its.add(key);
                addWanted(recount.indicator().record(), key);
                recount.indicator().joins().forEach((field, record) -> {
                    String sourceId = fields.textOf(field);
                    if (sourceId != null) {
                        addWanted(record, key.substring(0, key.indexOf('/') + 1) + sourceId);
                    }
                });
            }
        });
    }

    private void addWanted(String record, String key) {
        wantedKeys.computeIfAbsent(record, its -> new HashSet<>()).add(key);
    }

    private List<EvidenceHistory.StoredVersion> findStoredVersions(String record, Set<String> these)
            throws ProofUndecidedException {
        try {
            return evidence.findVersions(record, these, checkpoint, MAX_EVENTS + 1);
        } catch (DatabaseException e) {
            throw new ProofUndecidedException("The evidence cannot be read.", e);
        }
    }
}
