package org.voyage.mobility.placement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.voyage.kit.record.Amount;
import org.voyage.kit.record.Changes;
import org.voyage.kit.record.Commands;
import org.voyage.kit.record.Elsewhere;
import org.voyage.kit.record.Move;
import org.voyage.kit.record.RecordTools;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.Records;
import org.voyage.kit.record.Result;
import org.voyage.kit.record.Sent;
import org.voyage.kit.record.Writing;
import org.voyage.kit.record.Written;

/** Writes outbound placements. */
@ApplicationScoped
public class OutboundPlacementService implements Commands<OutboundPlacement> {

    public static final RecordType<OutboundPlacement> TYPE = new RecordType<>(
                    "mobility",
                    "outbound-placement",
                    "outbound-placements",
                    new OutboundPlacementJson(),
                    (placement, year) -> placement.startedOn().getYear() == year ? placement : null)
            .about("startedOn", it -> it.startedOn().getYear())
            .odd((key, it) -> Elsewhere.of(key, it.college()))
            .with(new Amount<>("participants", OutboundPlacement::participants, null));

    private final Records<OutboundPlacement> records;

    OutboundPlacementService(RecordTools tools) {
        this.records = new Records<>(TYPE, tools);
    }

    @Override
    public Records<OutboundPlacement> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<OutboundPlacement> write(List<Sent<OutboundPlacement>> sent, Writing writing) {
        return records.write(sent, writing, OutboundPlacementService::decide);
    }

    private static Result<OutboundPlacement> decide(Sent<OutboundPlacement> sent, Changes<OutboundPlacement> changes) {
        return sent.record() == null ? changes.withdraw(sent, () -> {}) : changes.send(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<OutboundPlacement> move(Sent<OutboundPlacement> sent, Move move, Writing writing) {
        return records.move(sent, move, writing);
    }
}
