package org.voyage.kit.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

/** The records one transaction has locked, and the changes it makes to them, in order. */
public class Changes<T> {

    private final Map<RecordKey, Version<T>> current;
    private final Set<RecordKey> stored;
    private final List<Change<T>> made = new ArrayList<>();
    private final RecordType<T> type;
    private final Entry entry;

    Changes(RecordType<T> type, Map<RecordKey, Version<T>> stored, Entry entry) {
        this.type = type;
        this.entry = entry;
        this.current = new HashMap<>(stored);
        this.stored = Set.copyOf(stored.keySet());
    }

    /** The moment at which everything of this transaction is recorded. */
    public Instant now() {
        return entry.now();
    }

    /** The newest version, changes made here included; null for a record that never was. */
    public @Nullable Version<T> current(RecordKey key) {
        return current.get(key);
    }

    /** The record as it stands; null if it was never sent or is withdrawn. */
    public @Nullable T standing(RecordKey key) {
        Version<T> version = current.get(key);
        return version == null || version.withdrawn() ? null : version.record();
    }

    /**
     * Makes the record what was sent, unless it is so already.
     *
     * @throws Refusal if it goes on under another key, or the change would touch a closed year
     */
    public Result<T> send(Sent<T> sent) {
        Version<T> there = current.get(sent.key());
        T record = Objects.requireNonNull(sent.record());
        if (record.equals(standing(sent.key()))) {
            return new Result.Unchanged<>(Objects.requireNonNull(there), sent.warnings());
        }
        requireNotMoved(there);
        return make(Change.sent(sent.key(), there, record, now(), sent.cause()), sent.warnings());
    }

    /**
     * Withdraws the record, unless it is withdrawn already.
     *
     * @param free refuses if something still needs it
     * @throws Refusal if it never was, or goes on under another key
     */
    public Result<T> withdraw(Sent<T> sent, Runnable free) {
        Version<T> there = current.get(sent.key());
        if (there == null) {
            throw new Refusal.NotFound();
        }
        requireNotMoved(there);
        if (there.withdrawn()) {
            return new Result.Unchanged<>(there, sent.warnings());
        }
        free.run();
        return make(Change.withdrawn(there, String.valueOf(sent.reason()), now(), sent.cause()), sent.warnings());
    }

    /**
     * The record follows what it belongs to under another key. A new name for the same thing leaves the figures as they
     * are; two things that become one do not.
     */
    Result<T> follow(RecordKey key, T record, Cause cause) {
        Change<T> change = Change.sent(key, current.get(key), record, now(), cause);
        if (cause.kind() != Cause.Kind.RENAME) {
            requireOpenYears(change);
        }
        keep(change);
        return new Result.Changed<>(change, List.of());
    }

    /**
     * The record goes on in another one that says the same, since what both belong to is one thing.
     *
     * @throws Refusal.Conflict if a year that sees it is locked
     */
    Result<T> goOnIn(RecordKey key, RecordKey other, String reason, Cause cause) {
        Change<T> left = Change.moved(Objects.requireNonNull(current.get(key)), other, reason, now(), cause);
        requireOpenYears(left);
        keep(left);
        return new Result.Changed<>(left, List.of());
    }

    /**
     * For a change that figures see through other records only.
     *
     * @param seen whether the figures of a year see it
     * @throws Refusal.Conflict if a year that sees it is locked
     */
    public void requireOpenYears(RecordKey key, IntPredicate seen) {
        entry.requireOpenYears(key, seen);
    }

    private Result<T> make(Change<T> change, List<Finding> warnings) {
        entry.requireOpenYears(type, change);
        keep(change);
        return new Result.Changed<>(change, warnings);
    }

    /** Without a look at closed years: for what gives back under one key what it takes away under another. */
    void keep(Change<T> change) {
        made.add(change);
        current.put(change.after().key(), change.after());
    }

    void requireOpenYears(Change<T> change) {
        entry.requireOpenYears(type, change);
    }

    /** @throws Refusal.Conflict with the key under which the record goes on, if it was renamed or merged */
    public static <T> void requireNotMoved(@Nullable Version<T> there) {
        if (there != null && there.movedTo() != null) {
            throw new Refusal.Conflict(new Finding(
                    "",
                    "record-moved",
                    "This record goes on under " + there.movedTo() + "; use that key.",
                    "该记录已改用编号“" + there.movedTo() + "”，请使用新编号。"));
        }
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
