package org.voyage.mobility.placement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.voyage.kit.record.ChangeSet;
import org.voyage.kit.record.PlausibilityMeasure;
import org.voyage.kit.record.RecordMove;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.WriteResult;
import org.voyage.kit.record.check.CollegeProvinceCheck;
import org.voyage.kit.record.write.RecordCommands;
import org.voyage.kit.record.write.RecordRepository;
import org.voyage.kit.record.write.RecordWriteSupport;
import org.voyage.kit.record.write.WriteSummary;

/** Commands that write outbound placements. */
@ApplicationScoped
public class OutboundPlacementService implements RecordCommands<OutboundPlacement> {

    public static final RecordType<OutboundPlacement> TYPE = new RecordType<>(
                    "mobility",
                    "outbound-placement",
                    "outbound-placements",
                    new OutboundPlacementJson(),
                    (placement, year) -> placement.startedOn().getYear() == year ? placement : null)
            .withReportingYear("startedOn", it -> it.startedOn().getYear())
            .withWarnings((key, it) -> CollegeProvinceCheck.checkCollege(key, it.college()))
            .withAmount(new PlausibilityMeasure<>("participants", OutboundPlacement::participants, null));

    private final RecordRepository<OutboundPlacement> records;

    OutboundPlacementService(RecordWriteSupport tools) {
        this.records = new RecordRepository<>(TYPE, tools);
    }

    @Override
    public RecordRepository<OutboundPlacement> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<OutboundPlacement> writeRecords(
            List<RecordSubmission<OutboundPlacement>> sent, WriteMode writing) {
        return records.writeRecords(sent, writing, OutboundPlacementService::decide);
    }

    private static WriteResult<OutboundPlacement> decide(
            RecordSubmission<OutboundPlacement> sent, ChangeSet<OutboundPlacement> changes) {
        return sent.record() == null ? changes.withdrawRecord(sent, () -> {}) : changes.applySubmission(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<OutboundPlacement> moveRecord(
            RecordSubmission<OutboundPlacement> sent, RecordMove move, WriteMode writing) {
        return records.moveRecord(sent, move, writing);
    }
}
