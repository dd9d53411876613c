package org.voyage.feeds.assigner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.assigner.HeldRecordStore.HeldKey;
import org.voyage.kit.database.JdbcClient;

/**
 * What readers hold, for one step: read from the database when it is first needed, changed in memory, and stored at the end.
 * For one thread and one transaction.
 */
final class HeldWorkingSet {

    private final JdbcClient database;
    private final Set<String> feeds;
    private final Set<String> loaded = new HashSet<>();
    private final Map<HeldKey, HeldRecord> stored = new HashMap<>();
    private final Set<String> countedStandards = new HashSet<>();
    private final Map<HeldKey, Long> storedCounts = new HashMap<>();

    /** @param feeds whose records are worked with; all others are ignored */
    HeldWorkingSet(JdbcClient database, Set<String> feeds) {
        this.database = database;
        this.feeds = feeds;
    }

    void preload(Collection<String> outsideIds) {
        Set<String> missing = new HashSet<>(outsideIds);
        missing.removeAll(loaded);
        if (missing.isEmpty()) {
            return;
        }
        loaded.addAll(missing);
        HeldRecordStore.load(
                database, missing, feeds.size() == 1 ? feeds.iterator().next() : null, (key, held) -> {
                    if (feeds.contains(key.feed())) {
                        stored.put(key, held);
                    }
                });
    }

    void preloadCounts(Collection<String> standards) {
        Set<String> missing = new HashSet<>(standards);
        missing.removeAll(countedStandards);
        if (missing.isEmpty()) {
            return;
        }
        countedStandards.addAll(missing);
        HeldRecordStore.countRecognitions(
                database,
                feeds,
                missing,
                (feed, standard, count) -> storedCounts.put(new HeldKey(feed, standard), count));
    }

    /** Returns the part of one feed, without changes. */
    FeedPart openPart(String feed) {
        return new FeedPart(feed);
    }

    /** Stores the changes of parts. */
    void store(Collection<FeedPart> parts) {
        Map<HeldKey, HeldRecord> held = new LinkedHashMap<>();
        List<HeldKey> gone = new ArrayList<>();
        for (FeedPart part : parts) {
            part.changed.forEach((outsideId, now) -> {
                HeldKey key = new HeldKey(part.feed, outsideId);
                if (now != null) {
                    held.put(key, now);
                } else if (stored.containsKey(key)) {
                    gone.add(key);
                }
            });
        }
        HeldRecordStore.delete(database, gone);
        HeldRecordStore.store(database, held);
    }

    /** Part of one feed. A part that is dropped changes nothing. */
    final class FeedPart {

        private final String feed;
        private final Map<String, @Nullable HeldRecord> changed = new LinkedHashMap<>();
        private final Map<String, Long> countChanges = new HashMap<>();

        private FeedPart(String feed) {
            this.feed = feed;
        }

        @Nullable
        HeldRecord find(String outsideId) {
            if (changed.containsKey(outsideId)) {
                return changed.get(outsideId);
            }
            preload(Set.of(outsideId));
            return stored.get(new HeldKey(feed, outsideId));
        }

        void put(String outsideId, @Nullable HeldRecord now) {
            HeldRecord before = find(outsideId);
            String parentBefore = before == null ? null : before.parentId();
            String parentNow = now == null ? null : now.parentId();
            if (!Objects.equals(parentBefore, parentNow)) {
                if (parentBefore != null) {
                    countChanges.merge(parentBefore, -1L, Long::sum);
                }
                if (parentNow != null) {
                    countChanges.merge(parentNow, 1L, Long::sum);
                }
            }
            changed.put(outsideId, now);
        }

        /** Returns by how many bytes the states that the reader holds grow. */
        long countAddedBytes() {
            long added = 0;
            for (Map.Entry<String, @Nullable HeldRecord> each : changed.entrySet()) {
                HeldRecord now = each.getValue();
                HeldRecord before = stored.get(new HeldKey(feed, each.getKey()));
                added += (now == null ? 0 : now.state().length) - (before == null ? 0 : before.state().length);
            }
            return added;
        }

        Collection<String> findRecognitions(String standardId) {
            Set<String> ids = new TreeSet<>(HeldRecordStore.findRecognitions(database, feed, standardId));
            changed.forEach((outsideId, now) -> {
                if (now != null && standardId.equals(now.parentId())) {
                    ids.add(outsideId);
                } else {
                    ids.remove(outsideId);
                }
            });
            return ids;
        }

        long countRecognitions(String standardId) {
            preloadCounts(Set.of(standardId));
            return storedCounts.getOrDefault(new HeldKey(feed, standardId), 0L)
                    + countChanges.getOrDefault(standardId, 0L);
        }
    }
}
