package org.voyage.overseas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The records one transaction has locked, and the changes it makes to them, in order. */
public class Changes<T> {

    private final Map<RecordKey, Version<T>> current;
    private final Set<RecordKey> stored;
    private final List<Change<T>> made = new ArrayList<>();

    Changes(Map<RecordKey, Version<T>> stored) {
        this.current = new HashMap<>(stored);
        this.stored = Set.copyOf(stored.keySet());
    }

    /** The newest version, changes made here included; null for a record that never was. */
    public @Nullable Version<T> current(RecordKey key) {
        return current.get(key);
    }

    public Version<T> make(Change<T> change) {
        made.add(change);
        current.put(change.after().key(), change.after());
        return change.after();
    }

    public List<Change<T>> made() {
        return made;
    }

    /** The newest version of each record that changed and was there before. */
    List<Version<T>> updated() {
        return newest(true);
    }

    /** The newest version of each record that was not there before. */
    List<Version<T>> inserted() {
        return newest(false);
    }

    /** Every version that is no longer the newest. */
    List<Version<T>> superseded() {
        List<Version<T>> versions = new ArrayList<>();
        for (Change<T> change : made) {
            if (change.before() != null) {
                versions.add(change.before());
            }
        }
        return versions;
    }

    private List<Version<T>> newest(boolean wasStored) {
        return made.stream()
                .map(change -> change.after().key())
                .distinct()
                .filter(key -> stored.contains(key) == wasStored)
                .sorted()
                .map(key -> Objects.requireNonNull(current.get(key)))
                .toList();
    }
}
