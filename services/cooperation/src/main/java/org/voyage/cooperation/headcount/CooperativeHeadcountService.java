package org.voyage.cooperation.headcount;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.voyage.cooperation.agreement.Cooperation;
import org.voyage.cooperation.institution.CooperativeInstitutionService;
import org.voyage.cooperation.programme.CooperativeProgrammeService;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.outbox.RepublishedRecord;
import org.voyage.kit.record.Amount;
import org.voyage.kit.record.Cause;
import org.voyage.kit.record.Child;
import org.voyage.kit.record.ChildRecords;
import org.voyage.kit.record.Commands;
import org.voyage.kit.record.Parent;
import org.voyage.kit.record.ParkedRows;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordTools;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.Records;
import org.voyage.kit.record.Sent;
import org.voyage.kit.record.Writing;
import org.voyage.kit.record.Written;

/** Writes cooperative headcounts; one whose institution or programme is not there is parked. */
@ApplicationScoped
public class CooperativeHeadcountService implements Commands<CooperativeHeadcount>, Child, RepublishedRecord {

    public static final RecordType<CooperativeHeadcount> TYPE = new RecordType<>(
                    "cooperation",
                    "cooperative-headcount",
                    "cooperative-headcounts",
                    new CooperativeHeadcountJson(),
                    (headcount, year) -> headcount.year() == year ? headcount : null)
            .with(new Amount<>(
                    "students",
                    CooperativeHeadcount::students,
                    new Amount.Series<>(CooperativeHeadcount::series, CooperativeHeadcount::year)));

    private final Records<CooperativeHeadcount> records;
    private final ChildRecords<CooperativeHeadcount, Cooperation> children;

    CooperativeHeadcountService(
            RecordTools tools,
            ParkedRows parked,
            CooperativeInstitutionService institutions,
            CooperativeProgrammeService programmes) {
        this.records = new Records<>(TYPE, tools);
        this.children = new ChildRecords<>(records, parked, new OfCooperation(institutions, programmes));
    }

    @Override
    public Records<CooperativeHeadcount> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<CooperativeHeadcount> write(List<Sent<CooperativeHeadcount>> sent, Writing writing) {
        return children.write(sent, writing);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<CooperativeHeadcount> move(
            Sent<CooperativeHeadcount> sent, RecordKey to, Cause.Kind how, Writing writing) {
        return records.move(sent, to, how, writing);
    }

    @Override
    public boolean standsUnder(Parent parent) {
        return children.stand(OfCooperation.under(parent));
    }

    @Override
    public boolean countsUnder(Parent parent, int year) {
        return children.count(OfCooperation.under(parent), year);
    }

    @Override
    public Receipt arrived(String record, Collection<RecordKey> keys, Writing writing) {
        return children.arrived(record, keys, writing);
    }

    @Override
    public Receipt moved(Parent from, RecordKey to, Cause cause, Writing writing) {
        return children.moved(OfCooperation.under(from), from, to, cause, writing);
    }

    @Override
    public String record() {
        return TYPE.name();
    }

    @Override
    public List<OutgoingEvent> page(Optional<String> after, int limit, String actor) {
        return records.republished(after, limit, actor);
    }
}
