package org.voyage.feeds.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.database.JdbcClient;

/** States of the records as they were at a moment of the replay of a feed. For one thread and one transaction. */
public final class RecordHistory implements RecordLookup {

    private final JdbcClient database;
    private final Moment start;
    private final Map<String, RecordState> current = new HashMap<>();
    private final Map<String, List<RecordStateChange>> changesByRecord = new HashMap<>();
    private final Map<String, Set<String>> recognitionsByStandard = new HashMap<>();
    private final Map<String, Set<String>> movedByDestination = new HashMap<>();
    private long position;

    /**
     * Moment of a replay. A change is later if it was recorded after the start or applied after the replay began, and if it
     * is not replayed yet.
     *
     * @param since start of the feed
     * @param begunAt last change that was applied before the replay began
     * @param position of the last replayed change
     */
    public record Moment(Instant since, long begunAt, long position) {}

    public RecordHistory(JdbcClient database, Moment start) {
        this.database = database;
        this.start = start;
        this.position = start.position();
    }

    /** Goes on to the moment just after a change. */
    public void moveTo(long replayed) {
        position = replayed;
    }

    /** Returns the next changes, with all that a comparison of their records needs read at once. */
    public List<RecordStateChange> loadNext(int limit) {
        List<RecordStateChange> next = RecordHistoryStore.loadNext(database, start, limit);
        load(next.stream().map(RecordStateChange::outsideId).toList());
        return next;
    }

    /** Returns those of the current records that were known at the moment, as they were. */
    public List<RecordState> findRecords(List<RecordState> records) {
        load(records.stream().map(RecordState::outsideId).toList());
        List<RecordState> known = new ArrayList<>();
        for (RecordState each : records) {
            RecordState state = findRecord(each.outsideId());
            if (state != null) {
                known.add(state);
            }
        }
        return known;
    }

    @Override
    public @Nullable RecordState findRecord(String outsideId) {
        load(List.of(outsideId));
        for (RecordStateChange change : changesByRecord.getOrDefault(outsideId, List.of())) {
            if (change.position() > position) {
                return change.before();
            }
        }
        return current.get(outsideId);
    }

    @Override
    public Collection<String> findRecognitions(String standardId) {
        Set<String> ids = recognitionsByStandard.computeIfAbsent(standardId, standard -> {
            Set<String> all = new TreeSet<>(RecordHistoryStore.findRecognitions(database, start, standard));
            RecordStateStore.loadRecognitions(database, Set.of(standard)).forEach(each -> all.add(each.outsideId()));
            return all;
        });
        load(ids);
        return ids.stream()
                .filter(each -> {
                    RecordState state = findRecord(each);
                    return state != null && !state.isWithdrawn() && standardId.equals(state.parentId());
                })
                .toList();
    }

    @Override
    public Collection<String> findRecordsMovedTo(String outsideId) {
        Set<String> ids = movedByDestination.computeIfAbsent(outsideId, destination -> {
            Set<String> all = new TreeSet<>(RecordHistoryStore.findMovedTo(database, start, destination));
            RecordStateStore.loadMovedTo(database, Set.of(destination)).forEach(each -> all.add(each.outsideId()));
            return all;
        });
        load(ids);
        return ids.stream()
                .filter(each -> {
                    RecordState state = findRecord(each);
                    return state != null && state.isWithdrawn() && outsideId.equals(state.movedTo());
                })
                .toList();
    }

    private void load(Collection<String> outsideIds) {
        Set<String> missing = new HashSet<>(outsideIds);
        missing.removeAll(changesByRecord.keySet());
        if (missing.isEmpty()) {
            return;
        }
        missing.forEach(each -> changesByRecord.put(each, new ArrayList<>()));
        RecordHistoryStore.loadChanges(database, start, missing)
                .forEach(each -> changesByRecord
                        .computeIfAbsent(each.outsideId(), _ -> new ArrayList<>())
                        .add(each));
        RecordStateStore.load(database, missing).forEach(each -> current.put(each.outsideId(), each));
    }
}
