package org.voyage.indicators.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.evidence.PastEvidence;
import org.voyage.kit.database.DatabaseException;

/**
 * The events that can have to do with some cells of one figure: those of every record of the cell's province and time, in
 * whatever version, and of the records that it names. Two passes over the log: which records, then their events.
 */
final class Trail {

    /** More events than this about a figure's differing cells are not looked through. */
    static final int MOST = 20_000;

    private final PublishedLog log;
    private final PastEvidence evidence;
    private final Horizon horizon;
    private final Definitions definitions;
    private final Recount recount;
    private final Map<At, Set<String>> keys = new HashMap<>();
    private final Map<String, Set<String>> wanted = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<PastEvidence.Step> stored = new ArrayList<>();

    Trail(PublishedLog log, PastEvidence evidence, Horizon horizon, Definitions definitions, Recount recount) {
        this.log = log;
        this.evidence = evidence;
        this.horizon = horizon;
        this.definitions = definitions;
        this.recount = recount;
    }

    /** @return false when there are too many events */
    boolean follow(Collection<At> cells) throws Undecided {
        String own = recount.indicator().record();
        cells.forEach(at -> keys.put(at, new HashSet<>()));
        log.read(own, horizon.next(), published -> {
            if (published.after().isObject()) {
                concern(published.key(), definitions.read(own, published.after()));
            }
        });
        new EvidenceStates(evidence, horizon, definitions).newest(own, (key, fields) -> {
            if (fields != null) {
                concern(key, fields);
            }
        });
        for (String record : recount.indicator().records()) {
            Set<String> these = wanted.getOrDefault(record, Set.of());
            log.read(record, horizon.next(), published -> {
                if (these.contains(published.key()) && steps.size() <= MOST) {
                    steps.add(new Step(record, published));
                }
            });
            stored.addAll(stored(record, these));
        }
        Collections.sort(steps);
        return steps.size() <= MOST && stored.size() <= MOST;
    }

    /** What was published of the records that can stand in a cell, and of those they name. */
    List<Step> steps(At at) {
        return steps.stream()
                .filter(step -> concerns(at, step.record(), step.key()))
                .toList();
    }

    /** The same as the evidence holds it. */
    List<PastEvidence.Step> stored(At at) {
        return stored.stream()
                .filter(row -> concerns(at, row.record(), row.place().key()))
                .toList();
    }

    private boolean concerns(At at, String record, String key) {
        return !record.equals(recount.indicator().record())
                || keys.getOrDefault(at, Set.of()).contains(key);
    }

    private void concern(String key, Fields fields) {
        int province = recount.columns().indexOf("province");
        Set<Integer> times = recount.moments(fields).keySet();
        keys.forEach((at, its) -> {
            if (times.contains(at.time())
                    && (province < 0 || key.startsWith(at.codes().get(province) + "/"))) {
                its.add(key);
                want(recount.indicator().record(), key);
                recount.indicator().join().forEach((field, record) -> {
                    String sourceId = fields.text(field);
                    if (sourceId != null) {
                        want(record, key.substring(0, key.indexOf('/') + 1) + sourceId);
                    }
                });
            }
        });
    }

    private void want(String record, String key) {
        wanted.computeIfAbsent(record, its -> new HashSet<>()).add(key);
    }

    private List<PastEvidence.Step> stored(String record, Set<String> these) throws Undecided {
        try {
            return evidence.versions(record, these, horizon, MOST + 1);
        } catch (DatabaseException e) {
            throw new Undecided("The evidence cannot be read.", e);
        }
    }
}
