package org.voyage.feeds.assigner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedEventKind;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.RecordLookup;
import org.voyage.feeds.record.RecordState;
import org.voyage.feeds.record.RecordUpdate;
import org.voyage.feeds.record.RecordUpdateKind;
import org.voyage.kit.log.VersionOrder;

/**
 * Reconciler of one feed with the records: compares what the reader holds of a record with what it may see now, and appends
 * at most one event for it. A standard enters before the first of its recognitions and leaves after the last.
 */
final class RecordReconciler {

    private static final ObjectMapper JSON = new JsonMapper();
    private static final int MAX_MOVES = 100;

    private final RecordLookup records;
    private final ScopeVisibility judge;
    private final FeedLedger feed;
    private final StandardWatch standards;

    RecordReconciler(RecordLookup records, ScopeVisibility judge, FeedLedger feed) {
        this.records = records;
        this.judge = judge;
        this.feed = feed;
        this.standards = new StandardWatch();
    }

    /**
     * Reconciles a changed record, and those that depend on it. The lookup has the new state.
     *
     * @param before the state before the change; null for a record that was not known
     */
    void reconcileUpdate(RecordUpdate update, @Nullable RecordState before) {
        RecordState state = update.state();
        ReconcileTrigger trigger = ReconcileTrigger.ofChange(update.change(), update.time());
        if (before != null && isMoveOpen(before)) {
            // What became of the record that it had moved to was not known; now it goes on itself.
            sendGone(before, FeedEventKind.WITHDRAWN, null, trigger);
        }
        reconcileOne(state, trigger, before == null || before.isWithdrawn());
    }

    /** Lets records that go on under this one leave before it enters; returns their names. */
    private List<String> closeMovesTo(RecordState destination, ReconcileTrigger trigger) {
        if (trigger.isScan()) {
            return List.of();
        }
        List<String> replaced = new ArrayList<>();
        for (String moved : records.findRecordsMovedTo(destination.outsideId())) {
            RecordState source = records.findRecord(moved);
            if (source != null && isMoveOpen(source)) {
                reconcileOne(source, ReconcileTrigger.ofChange(RecordUpdateKind.WITHDRAWN, trigger.time()), false);
                if (feed.findHeld(moved) == null) {
                    replaced.add(source.reference());
                }
            }
        }
        return replaced;
    }

    /** Reconciles a record whose turn it is in a scan. */
    void reconcileScanned(RecordState state, ReconcileTrigger trigger) {
        reconcileOne(state, trigger, false);
    }

    private void reconcileOne(RecordState state, ReconcileTrigger trigger, boolean isNew) {
        switch (state.record()) {
            case STANDARD -> standards.reconcileStandard(state, trigger, isNew);
            case RECOGNITION -> standards.reconcileRecognition(state, trigger);
            default -> {
                List<String> replaced = closeMovesTo(state, trigger);
                compare(state, judge.judge(state, feed.scope()), trigger, replaced);
            }
        }
    }

    /** Returns whether a reader holds a withdrawn record because nothing was known of the record where it goes on. */
    private boolean isMoveOpen(RecordState state) {
        ReaderCopyRecord held = feed.findHeld(state.outsideId());
        return state.isWithdrawn()
                && state.movedTo() != null
                && held != null
                && (state.record() != FeedRecord.STANDARD || feed.countHeldRecognitions(state.outsideId()) == 0);
    }

    /** Compares what the reader holds with what it may see, and appends the event for the difference. */
    private void compare(
            RecordState state, Optional<VisibleRecord> visible, ReconcileTrigger trigger, List<String> replaced) {
        ReaderCopyRecord held = feed.findHeld(state.outsideId());
        if (visible.isEmpty()) {
            if (held != null) {
                endRecord(state, trigger);
            }
        } else if (held == null) {
            beginRecord(state, visible.get(), trigger, replaced);
        } else if (!held.hasState(visible.get().canonical())) {
            correctRecord(state, visible.get(), held, trigger);
        }
    }

    private void beginRecord(
            RecordState state, VisibleRecord visible, ReconcileTrigger trigger, List<String> replaced) {
        if (trigger.scan() != ScanCause.BASELINE) {
            FeedEventKind kind = findKindOfBegin(state, trigger);
            ScanCause cause = findScanCause(state, trigger);
            ObjectNode data = newData(state);
            data.set("state", visible.state());
            if (kind == FeedEventKind.ENTERED_SCOPE || cause == ScanCause.RESET) {
                data.put("because", cause == null ? ScanCause.RECORD_CHANGED.wireName() : cause.wireName());
            }
            if (!replaced.isEmpty()) {
                data.put("replaces", replaced.getFirst());
            }
            append(kind, state, visible, data, trigger);
        }
        hold(state, visible);
    }

    private FeedEventKind findKindOfBegin(RecordState state, ReconcileTrigger trigger) {
        if (trigger.change() == RecordUpdateKind.CREATED) {
            return FeedEventKind.CREATED;
        }
        if (trigger.change() == RecordUpdateKind.RESTORED) {
            return FeedEventKind.RESTORED;
        }
        ScanCause cause = findScanCause(state, trigger);
        return cause != null && cause.makesCopy() ? FeedEventKind.PRESENT : FeedEventKind.ENTERED_SCOPE;
    }

    /** Returns the cause of the scan that judges the record, or would have: a change may come before it. */
    private @Nullable ScanCause findScanCause(RecordState state, ReconcileTrigger trigger) {
        if (trigger.isScan()) {
            return trigger.scan();
        }
        RecordScan running = feed.scan();
        return running != null && running.cause() != ScanCause.BASELINE && running.awaits(state.outsideId())
                ? running.cause()
                : null;
    }

    private void correctRecord(
            RecordState state, VisibleRecord visible, ReaderCopyRecord held, ReconcileTrigger trigger) {
        Set<String> changed = findChangedFields(held, visible.state());
        boolean isWidened = trigger.isScan()
                && changed.stream().noneMatch(name -> parse(held.state()).has(name));
        ObjectNode data = newData(state);
        data.set("state", visible.state());
        if (!isWidened) {
            ArrayNode names = data.putArray("changed");
            changed.forEach(names::add);
        }
        data.put(
                "because",
                trigger.scan() == null
                        ? ScanCause.RECORD_CHANGED.wireName()
                        : trigger.scan().wireName());
        append(isWidened ? FeedEventKind.PRESENT : FeedEventKind.CORRECTED, state, visible, data, trigger);
        hold(state, visible);
    }

    private static Set<String> findChangedFields(ReaderCopyRecord held, ObjectNode now) {
        JsonNode before = parse(held.state());
        Set<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        now.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> before.path(name).equals(now.path(name)));
        return names;
    }

    /** Ends a record that the reader may not see any more, unless it is open where the record goes on. */
    private void endRecord(RecordState state, ReconcileTrigger trigger) {
        if (!state.isWithdrawn()) {
            sendGone(state, FeedEventKind.LEFT_SCOPE, null, trigger);
        } else if (state.movedTo() == null) {
            sendGone(state, FeedEventKind.WITHDRAWN, null, trigger);
        } else {
            RecordState destination = findDestination(state);
            if (destination == null || judge.isUndecided(destination)) {
                return;
            }
            if (destination.isWithdrawn()) {
                sendGone(state, FeedEventKind.WITHDRAWN, null, trigger);
            } else if (isInScope(destination)) {
                sendGone(state, FeedEventKind.WITHDRAWN, destination.reference(), trigger);
            } else {
                sendGone(state, FeedEventKind.LEFT_SCOPE, null, trigger);
            }
        }
    }

    private boolean isInScope(RecordState destination) {
        return judge.judge(destination, feed.scope()).isPresent()
                && (destination.record() != FeedRecord.STANDARD || standards.isNeeded(destination.outsideId()));
    }

    /** Returns the record where a moved one goes on at last; null while the log has not named it, or it moves in a circle. */
    private @Nullable RecordState findDestination(RecordState moved) {
        RecordState at = moved;
        for (int moves = 0; at != null && at.isWithdrawn() && at.movedTo() != null; moves++) {
            if (moves > MAX_MOVES) {
                return null;
            }
            at = records.findRecord(at.movedTo());
        }
        return at;
    }

    private void sendGone(RecordState state, FeedEventKind kind, @Nullable String movedTo, ReconcileTrigger trigger) {
        ObjectNode data = newData(state);
        if (kind == FeedEventKind.LEFT_SCOPE) {
            ScanCause cause = findScanCause(state, trigger);
            data.put(
                    "because",
                    cause == null || cause == ScanCause.SNAPSHOT
                            ? ScanCause.RECORD_CHANGED.wireName()
                            : cause.wireName());
        }
        if (movedTo != null) {
            data.put("movedTo", movedTo);
        }
        feed.append(kind, state.record(), state.outsideId(), trigger.time(), data, null, Set.of());
        feed.release(state.outsideId());
    }

    private void append(
            FeedEventKind kind, RecordState state, VisibleRecord visible, ObjectNode data, ReconcileTrigger trigger) {
        feed.append(
                kind,
                state.record(),
                state.outsideId(),
                trigger.time(),
                data,
                visible.dimensions(),
                visible.shownFields());
    }

    private void hold(RecordState state, VisibleRecord visible) {
        feed.hold(
                state.outsideId(),
                new ReaderCopyRecord(state.record(), state.parentId(), state.versionOrder(), visible.canonical()));
    }

    private static ObjectNode newData(RecordState state) {
        return JsonNodeFactory.instance.objectNode().put("record", state.reference());
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Order between standards and their recognitions. */
    private final class StandardWatch {

        /** Standard that does not leave yet, because others of its recognitions are judged in the same step. */
        private @Nullable String kept;

        /** Returns whether a recognition of the standard is in scope. */
        boolean isNeeded(String standardId) {
            return feed.countHeldRecognitions(standardId) > 0
                    || records.findRecognitions(standardId).stream().anyMatch(this::isRecognitionInScope);
        }

        private boolean isRecognitionInScope(String outsideId) {
            RecordState recognition = records.findRecord(outsideId);
            return recognition != null && judge.judge(recognition, feed.scope()).isPresent();
        }

        void reconcileStandard(RecordState standard, ReconcileTrigger trigger, boolean isNew) {
            if (standard.isWithdrawn()) {
                endStandard(standard.outsideId(), trigger);
                return;
            }
            List<RecordState> recognitions = records.findRecognitions(standard.outsideId()).stream()
                    .map(records::findRecord)
                    .filter(each -> each != null)
                    .toList();
            kept = standard.outsideId();
            recognitions.stream()
                    .filter(each -> judge.judge(each, feed.scope()).isEmpty())
                    .forEach(each -> reconcileRecognition(each, trigger.ofRelated(false)));
            kept = null;
            List<String> replaced = closeMovesTo(standard, trigger);
            Optional<VisibleRecord> visible =
                    isNeeded(standard.outsideId()) ? judge.judge(standard, feed.scope()) : Optional.empty();
            if (visible.isEmpty() && feed.findHeld(standard.outsideId()) != null) {
                endHeldRecognitions(standard.outsideId(), trigger.ofRelated(false));
            }
            compare(standard, visible, trigger, replaced);
            recognitions.stream()
                    .filter(each -> judge.judge(each, feed.scope()).isPresent())
                    .forEach(each -> reconcileRecognition(
                            each, trigger.ofRelated(isNew && VersionOrder.versionOf(each.versionOrder()) == 1)));
        }

        /** Ends recognitions that are undecided, because they go on under a standard that is not known yet. */
        private void endHeldRecognitions(String standardId, ReconcileTrigger trigger) {
            for (String outsideId : feed.findHeldRecognitions(standardId)) {
                RecordState recognition = records.findRecord(outsideId);
                ReaderCopyRecord held = feed.findHeld(outsideId);
                if (recognition != null && held != null && judge.isUndecided(recognition)) {
                    endRecord(recognition, trigger);
                }
            }
        }

        void reconcileRecognition(RecordState recognition, ReconcileTrigger trigger) {
            ReaderCopyRecord held = feed.findHeld(recognition.outsideId());
            if (judge.isUndecided(recognition)) {
                if (held != null && !judge.isCoveredUnder(recognition, held.parentId(), feed.scope())) {
                    endRecord(recognition, trigger);
                    endStandard(held.parentId(), trigger);
                }
                return;
            }
            List<String> replaced = closeMovesTo(recognition, trigger);
            Optional<VisibleRecord> visible = judge.judge(recognition, feed.scope());
            visible.ifPresent(_ -> beginStandard(recognition, trigger));
            compare(recognition, visible, trigger, replaced);
            if (held != null && (visible.isEmpty() || !Objects.equals(held.parentId(), recognition.parentId()))) {
                endStandard(held.parentId(), trigger);
            }
        }

        /** Makes the reader hold a standard before one of its recognitions. */
        private void beginStandard(RecordState recognition, ReconcileTrigger trigger) {
            RecordState standard = recognition.parentId() == null ? null : records.findRecord(recognition.parentId());
            if (standard != null && feed.findHeld(standard.outsideId()) == null) {
                judge.judge(standard, feed.scope())
                        .ifPresent(its -> beginRecord(standard, its, trigger.ofRelated(false), List.of()));
            }
        }

        /** Takes a standard from the reader once it holds no recognition of it. */
        private void endStandard(@Nullable String standardId, ReconcileTrigger trigger) {
            RecordState standard =
                    standardId == null || standardId.equals(kept) ? null : records.findRecord(standardId);
            if (standard == null || feed.countHeldRecognitions(standard.outsideId()) > 0) {
                return;
            }
            ReaderCopyRecord held = feed.findHeld(standard.outsideId());
            if (held != null) {
                endRecord(standard, trigger.ofRelated(false));
            }
        }
    }
}
