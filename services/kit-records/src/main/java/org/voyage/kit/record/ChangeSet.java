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
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Set of the records that one transaction has locked, and of the changes it makes to them, in order. */
public class ChangeSet<T> {

    private final Map<RecordKey, RecordVersion<T>> current;
    private final Set<RecordKey> stored;
    private final List<RecordChange<T>> made = new ArrayList<>();
    private final RecordType<T> type;
    private final WriteContext entry;

    public ChangeSet(RecordType<T> type, Map<RecordKey, RecordVersion<T>> stored, WriteContext entry) {
        this.type = type;
        this.entry = entry;
        this.current = new HashMap<>(stored);
        this.stored = Set.copyOf(stored.keySet());
    }

    /** Returns the recording time of all changes of this transaction. */
    public Instant recordedAt() {
        return entry.recordedAt();
    }

    /** Returns the newest version, changes made here included; null for a record that never existed. */
    public @Nullable RecordVersion<T> currentVersion(RecordKey key) {
        return current.get(key);
    }

    /** Returns the active record; null if it was never sent or is withdrawn. */
    public @Nullable T activeRecord(RecordKey key) {
        RecordVersion<T> version = current.get(key);
        return version == null || version.isWithdrawn() ? null : version.record();
    }

    /**
     * Applies a submission to the record, unless both are equal.
     *
     * @throws Refusal if the record was moved to another key, or the change would affect a closed year
     */
    public WriteResult<T> applySubmission(RecordSubmission<T> sent) {
        RecordVersion<T> there = current.get(sent.key());
        T record = Objects.requireNonNull(sent.record());
        if (record.equals(activeRecord(sent.key()))) {
            return new WriteResult.UnchangedRecord<>(Objects.requireNonNull(there), sent.warnings());
        }
        requireNotMoved(there);
        return addChange(RecordChange.sent(sent.key(), there, record, recordedAt(), sent.cause()), sent.warnings());
    }

    /**
     * Withdraws the record, unless it is withdrawn already.
     *
     * @param free refuses if another record still needs it
     * @throws Refusal if the record never existed, or was moved to another key
     */
    public WriteResult<T> withdrawRecord(RecordSubmission<T> sent, Runnable free) {
        RecordVersion<T> there = current.get(sent.key());
        if (there == null) {
            throw new Refusal.NotFound();
        }
        requireNotMoved(there);
        if (there.isWithdrawn()) {
            return new WriteResult.UnchangedRecord<>(there, sent.warnings());
        }
        free.run();
        return addChange(
                RecordChange.withdrawn(there, String.valueOf(sent.reason()), recordedAt(), sent.cause()),
                sent.warnings());
    }

    /**
     * Changes the parent of the record to the parent's new key. A rename of the parent leaves the figures unchanged; a
     * merge does not.
     */
    public WriteResult<T> followParent(RecordKey key, T record, ChangeCause cause) {
        RecordChange<T> change = RecordChange.sent(key, current.get(key), record, recordedAt(), cause);
        if (cause.kind() != ChangeCause.ChangeCauseKind.RENAME) {
            requireOpenYears(change);
        }
        addUnchecked(change);
        return new WriteResult.ChangedRecord<>(change, List.of());
    }

    /**
     * Merges the record into another one that reports the same, because their parents were merged.
     *
     * @throws Refusal.Conflict if a year that counts it is locked
     */
    public WriteResult<T> mergeInto(RecordKey key, RecordKey other, String reason, ChangeCause cause) {
        RecordChange<T> left =
                RecordChange.moved(Objects.requireNonNull(current.get(key)), other, reason, recordedAt(), cause);
        requireOpenYears(left);
        addUnchecked(left);
        return new WriteResult.ChangedRecord<>(left, List.of());
    }

    /**
     * Requires open years for a change that figures see through other records only.
     *
     * @param seen whether the figures of a year count the record
     * @throws Refusal.Conflict if a year that counts the record is locked
     */
    public void requireOpenYears(RecordKey key, IntPredicate seen) {
        entry.requireOpenYears(key, seen);
    }

    private WriteResult<T> addChange(RecordChange<T> change, List<Finding> warnings) {
        entry.requireOpenYears(type, change);
        addUnchecked(change);
        return new WriteResult.ChangedRecord<>(change, warnings);
    }

    /** Adds a change without a check of closed years, for a change that moves the same content to another key. */
    public void addUnchecked(RecordChange<T> change) {
        made.add(change);
        current.put(change.after().key(), change.after());
    }

    public void requireOpenYears(RecordChange<T> change) {
        entry.requireOpenYears(type, change);
    }

    /**
     * Requires that the record was not moved.
     *
     * @throws Refusal.Conflict with the new key of the record, if it was renamed or merged
     */
    public static <T> void requireNotMoved(@Nullable RecordVersion<T> there) {
        if (there != null && there.movedTo() != null) {
            throw new Refusal.Conflict(new Finding(
                    "",
                    "record-moved",
                    "This record goes on under " + there.movedTo() + "; use that key.",
                    "该记录已改用编号“" + there.movedTo() + "”，请使用新编号。"));
        }
    }

    public List<RecordChange<T>> allChanges() {
        return made;
    }

    /** Returns the keys of the records that are active after a change. */
    public List<RecordKey> arrivedKeys() {
        return made.stream()
                .filter(change -> change.stateAfter() != null)
                .map(change -> change.after().key())
                .distinct()
                .toList();
    }

    /** Returns the newest version of each changed record that existed before. */
    List<RecordVersion<T>> updatedVersions() {
        return newestVersions(true);
    }

    /** Returns the newest version of each record that did not exist before. */
    List<RecordVersion<T>> insertedVersions() {
        return newestVersions(false);
    }

    /** Returns every version that is no longer the newest. */
    List<RecordVersion<T>> supersededVersions() {
        List<RecordVersion<T>> versions = new ArrayList<>();
        for (RecordChange<T> change : made) {
            if (change.before() != null) {
                versions.add(change.before());
            }
        }
        return versions;
    }

    private List<RecordVersion<T>> newestVersions(boolean wasStored) {
        return made.stream()
                .map(change -> change.after().key())
                .distinct()
                .filter(key -> stored.contains(key) == wasStored)
                .sorted()
                .map(key -> Objects.requireNonNull(current.get(key)))
                .toList();
    }
}
