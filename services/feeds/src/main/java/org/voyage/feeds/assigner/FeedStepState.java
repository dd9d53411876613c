package org.voyage.feeds.assigner;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedEvent;
import org.voyage.feeds.feed.FeedEventKind;
import org.voyage.feeds.feed.FeedLogAppender;
import org.voyage.feeds.proof.CheckpointSigner;
import org.voyage.feeds.proof.HashChain;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.RecordDimensions;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.kit.reference.InstantFormat;

/** State of one feed in one step of the assigner: its log, what its reader holds, and its scan. For one thread. */
final class FeedStepState implements FeedLedger {

    private final FeedRow row;
    private final FeedLogAppender head;
    private final ReaderCopyWorkingSet.FeedPart held;
    private final CheckpointSigner signer;
    private final int checkpointEvents;
    private final Instant now;
    private final AssignerStep.StepVolume volume;
    private int eventsSinceCheckpoint;
    private Instant checkpointAt;
    private @Nullable RecordScan scan;
    private @Nullable FeedReplay replay;
    private @Nullable String traceparent;

    /**
     * @param checkpointEvents number of events after which a checkpoint follows
     * @param volume counts the events of all feeds of the step
     */
    FeedStepState(
            FeedRow row,
            ReaderCopyWorkingSet.FeedPart held,
            CheckpointSigner signer,
            int checkpointEvents,
            Instant now,
            AssignerStep.StepVolume volume) {
        this.row = row;
        this.held = held;
        this.signer = signer;
        this.checkpointEvents = checkpointEvents;
        this.now = now;
        this.volume = volume;
        this.head = new FeedLogAppender(row.id(), row.epoch(), row.nextSequence(), row.chain());
        this.eventsSinceCheckpoint = row.eventsSinceCheckpoint();
        this.checkpointAt = row.checkpointAt();
        this.scan = row.scan();
        this.replay = row.replay();
    }

    @Override
    public FeedScope scope() {
        return Objects.requireNonNull(row.scope());
    }

    @Override
    public @Nullable RecordScan scan() {
        return scan;
    }

    @Override
    public @Nullable ReaderCopyRecord findHeld(String outsideId) {
        return held.find(outsideId);
    }

    @Override
    public void hold(String outsideId, ReaderCopyRecord now) {
        held.put(outsideId, now);
    }

    @Override
    public void release(String outsideId) {
        held.put(outsideId, null);
    }

    @Override
    public long countHeldRecognitions(String standardId) {
        return held.countRecognitions(standardId);
    }

    @Override
    public Collection<String> findHeldRecognitions(String standardId) {
        return held.findRecognitions(standardId);
    }

    @Override
    public void append(
            FeedEventKind kind,
            @Nullable FeedRecord record,
            @Nullable String outsideId,
            Instant time,
            ObjectNode data,
            @Nullable RecordDimensions dimensions,
            Set<String> fields) {
        volume.add(head.append(kind, record, outsideId, time, data, dimensions, fields, traceparent));
        eventsSinceCheckpoint++;
        if (eventsSinceCheckpoint >= checkpointEvents) {
            appendCheckpoint();
        }
    }

    /** Appends a signed statement of all events of the epoch. */
    void appendCheckpoint() {
        String time = InstantFormat.formatInstant(now);
        long sequence = head.nextSequence() - 1;
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("epoch", head.epoch());
        data.put("sequence", sequence);
        data.put("count", eventsSinceCheckpoint);
        data.put("chain", HashChain.format(head.chain()));
        data.put("time", time);
        data.put("keyId", signer.keyId());
        data.put(
                "signature",
                Base64.getEncoder()
                        .encodeToString(signer.sign(
                                CheckpointSigner.formatNote(row.id(), head.epoch(), sequence, head.chain(), time))));
        volume.add(head.append(FeedEventKind.CHECKPOINT, null, null, now, data, null, Set.of()));
        eventsSinceCheckpoint = 0;
        checkpointAt = now;
    }

    /**
     * Begins a new epoch, in which the reader makes its copy again.
     *
     * @param epoch larger than each that readers know
     */
    void beginEpoch(int epoch) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("previousEpoch", head.epoch());
        data.put("lastSequence", head.nextSequence() - 1);
        while (head.epoch() < epoch) {
            head.beginEpoch();
        }
        eventsSinceCheckpoint = 0;
        volume.add(head.append(FeedEventKind.RESET, null, null, now, data, null, Set.of()));
        scan = RecordScan.begin(ScanCause.RESET);
        replay = null;
    }

    /** Sets the span before the next events; null when they have no trace. */
    void setTraceparent(@Nullable String now) {
        traceparent = now;
    }

    void moveScan(@Nullable RecordScan next) {
        scan = next;
    }

    void moveReplay(@Nullable FeedReplay next) {
        replay = next;
    }

    List<FeedEvent> appended() {
        return head.appended();
    }

    /** Returns the bytes of the bodies of the appended events, and by how many the held states grow. */
    long countAddedBytes() {
        return head.appended().stream().mapToLong(event -> event.body().length).sum() + held.countAddedBytes();
    }

    ReaderCopyWorkingSet.FeedPart held() {
        return held;
    }

    /** Returns the feed after the step. */
    FeedRow toRow() {
        return row.withHead(head.epoch(), head.nextSequence(), head.chain(), eventsSinceCheckpoint, checkpointAt)
                .withScan(scan)
                .withReplay(replay);
    }
}
