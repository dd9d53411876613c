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
import org.voyage.feeds.assigner.ReaderCopyStore.HeldKey;
import org.voyage.kit.database.JdbcClient;

/**
 * Records of readers' copies for one step: read from the database when first needed, changed in memory, stored at the end.
 * For one thread and one transaction.
 */
final class ReaderCopyWorkingSet {

    private final JdbcClient database;
    private final Set<String> feeds;
    private final Set<String> loaded = new HashSet<>();
    private final Map<HeldKey, ReaderCopyRecord> stored = new HashMap<>();
    private final Set<String> countedStandards = new HashSet<>();
    private final Map<HeldKey, Long> storedCounts = new HashMap<>();

    /** @param feeds whose records are worked with; all others are ignored */
    ReaderCopyWorkingSet(JdbcClient database, Set<String> feeds) {
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
        ReaderCopyStore.load(
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
        ReaderCopyStore.countRecognitions(
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
        Map<HeldKey, ReaderCopyRecord> held = new LinkedHashMap<>();
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
        ReaderCopyStore.delete(database, gone);
        ReaderCopyStore.store(database, held);
    }

    /** Part of one feed. A part that is dropped changes nothing. */
    final class FeedPart {

        private final String feed;
        private final Map<String, @Nullable ReaderCopyRecord> changed = new LinkedHashMap<>();
        private final Map<String, Long> countChanges = new HashMap<>();

        private FeedPart(String feed) {
            this.feed = feed;
        }

        @Nullable
        ReaderCopyRecord find(String outsideId) {
            if (changed.containsKey(outsideId)) {
                return changed.get(outsideId);
            }
            preload(Set.of(outsideId));
            return stored.get(new HeldKey(feed, outsideId));
        }

        void put(String outsideId, @Nullable ReaderCopyRecord now) {
            ReaderCopyRecord before = find(outsideId);
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
            for (Map.Entry<String, @Nullable ReaderCopyRecord> each : changed.entrySet()) {
                ReaderCopyRecord now = each.getValue();
                ReaderCopyRecord before = stored.get(new HeldKey(feed, each.getKey()));
                added += (now == null ? 0 : now.state().length) - (before == null ? 0 : before.state().length);
            }
            return added;
        }

        Collection<String> findRecognitions(String standardId) {
            Set<String> ids = new TreeSet<>(ReaderCopyStore.findRecognitions(database, feed, standardId));
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
