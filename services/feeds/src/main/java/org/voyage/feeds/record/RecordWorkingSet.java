package org.voyage.feeds.record;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.database.JdbcClient;

/**
 * Records that one step works with: read from the database when they are first needed, changed in memory, and stored at the
 * end. For one thread and one transaction.
 */
public final class RecordWorkingSet implements RecordLookup {

    private final JdbcClient database;
    private final Map<String, RecordState> states = new HashMap<>();
    private final Set<String> absent = new HashSet<>();
    private final Map<String, Set<String>> recognitionsByStandard = new HashMap<>();
    private final Map<String, Set<String>> movedByDestination = new HashMap<>();
    /** Relations of changed records, next to those that the database has. */
    private final Map<String, Set<String>> changedByStandard = new HashMap<>();

    private final Map<String, Set<String>> changedByDestination = new HashMap<>();
    private final Map<String, RecordState> changed = new LinkedHashMap<>();

    public RecordWorkingSet(JdbcClient database) {
        this.database = database;
    }

    /** Reads records, their standards and recognitions, and those that moved to them, at once. */
    public void preload(Collection<RecordState> coming) {
        Set<String> ids = new HashSet<>();
        Set<String> standards = new HashSet<>();
        for (RecordState each : coming) {
            ids.add(each.outsideId());
            if (each.parentId() != null) {
                ids.add(each.parentId());
            }
            if (each.movedTo() != null) {
                ids.add(each.movedTo());
            }
            if (each.record() == FeedRecord.STANDARD) {
                standards.add(each.outsideId());
            }
        }
        ids.removeAll(states.keySet());
        loadRecords(ids);
        standards.removeAll(recognitionsByStandard.keySet());
        if (!standards.isEmpty()) {
            loadRecognitions(standards);
        }
        Set<String> destinations = new HashSet<>();
        coming.forEach(each -> destinations.add(each.outsideId()));
        destinations.removeAll(movedByDestination.keySet());
        if (!destinations.isEmpty()) {
            loadMovedTo(destinations);
        }
    }

    /** Takes records that were just read from the database. */
    public void take(List<RecordState> read) {
        read.forEach(each -> states.putIfAbsent(each.outsideId(), each));
    }

    /** Changes a record; it is stored by {@link #store}. */
    public void put(RecordState state) {
        states.put(state.outsideId(), state);
        changed.put(state.outsideId(), state);
        if (state.parentId() != null) {
            changedByStandard
                    .computeIfAbsent(state.parentId(), _ -> new HashSet<>())
                    .add(state.outsideId());
        }
        if (state.movedTo() != null) {
            changedByDestination
                    .computeIfAbsent(state.movedTo(), _ -> new HashSet<>())
                    .add(state.outsideId());
        }
    }

    /** Stores what was changed. */
    public void store() {
        RecordStateStore.store(database, changed.values());
    }

    @Override
    public @Nullable RecordState findRecord(String outsideId) {
        RecordState state = states.get(outsideId);
        if (state == null && !absent.contains(outsideId)) {
            loadRecords(Set.of(outsideId));
            state = states.get(outsideId);
        }
        return state;
    }

    @Override
    public Collection<String> findRecognitions(String standardId) {
        if (!recognitionsByStandard.containsKey(standardId)) {
            loadRecognitions(Set.of(standardId));
        }
        return unite(recognitionsByStandard, changedByStandard, standardId).stream()
                .filter(each -> {
                    RecordState state = findRecord(each);
                    return state != null && !state.isWithdrawn() && standardId.equals(state.parentId());
                })
                .toList();
    }

    @Override
    public Collection<String> findRecordsMovedTo(String outsideId) {
        if (!movedByDestination.containsKey(outsideId)) {
            loadMovedTo(Set.of(outsideId));
        }
        return unite(movedByDestination, changedByDestination, outsideId).stream()
                .filter(each -> {
                    RecordState state = findRecord(each);
                    return state != null && state.isWithdrawn() && outsideId.equals(state.movedTo());
                })
                .toList();
    }

    private static Set<String> unite(Map<String, Set<String>> read, Map<String, Set<String>> changed, String key) {
        Set<String> all = new TreeSet<>(read.getOrDefault(key, Set.of()));
        all.addAll(changed.getOrDefault(key, Set.of()));
        return all;
    }

    private void loadRecords(Set<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        take(RecordStateStore.load(database, ids));
        ids.stream().filter(each -> !states.containsKey(each)).forEach(absent::add);
    }

    private void loadRecognitions(Set<String> standards) {
        standards.forEach(each -> recognitionsByStandard.put(each, new HashSet<>()));
        List<RecordState> read = RecordStateStore.loadRecognitions(database, standards);
        take(read);
        read.forEach(each -> {
            if (each.parentId() != null) {
                recognitionsByStandard
                        .getOrDefault(each.parentId(), new HashSet<>())
                        .add(each.outsideId());
            }
        });
    }

    private void loadMovedTo(Set<String> destinations) {
        destinations.forEach(each -> movedByDestination.put(each, new HashSet<>()));
        List<RecordState> read = RecordStateStore.loadMovedTo(database, destinations);
        take(read);
        read.forEach(each -> {
            if (each.movedTo() != null) {
                movedByDestination.getOrDefault(each.movedTo(), new HashSet<>()).add(each.outsideId());
            }
        });
    }
}
