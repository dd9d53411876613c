package org.voyage.cooperation.headcount;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.voyage.cooperation.agreement.Cooperation;
import org.voyage.cooperation.institution.CooperativeInstitutionService;
import org.voyage.cooperation.programme.CooperativeProgrammeService;
import org.voyage.kit.record.Amount;
import org.voyage.kit.record.Child;
import org.voyage.kit.record.ChildRecords;
import org.voyage.kit.record.Commands;
import org.voyage.kit.record.Conditions;
import org.voyage.kit.record.Move;
import org.voyage.kit.record.Parent;
import org.voyage.kit.record.ParkedRows;
import org.voyage.kit.record.RecordTools;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.Records;
import org.voyage.kit.record.Sent;
import org.voyage.kit.record.Writing;
import org.voyage.kit.record.Written;

/** Writes cooperative headcounts; one whose institution or programme is not there is parked. */
@ApplicationScoped
public class CooperativeHeadcountService implements Commands<CooperativeHeadcount>, Child {

    public static final RecordType<CooperativeHeadcount> TYPE = new RecordType<>(
                    "cooperation",
                    "cooperative-headcount",
                    "cooperative-headcounts",
                    new CooperativeHeadcountJson(),
                    (headcount, year) -> headcount.year() == year ? headcount : null)
            .about("year", CooperativeHeadcount::year)
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
    public Written<CooperativeHeadcount> move(Sent<CooperativeHeadcount> sent, Move move, Writing writing) {
        return records.move(sent, move, writing);
    }

    @Override
    public ChildRecords<CooperativeHeadcount, Cooperation> children() {
        return children;
    }

    @Override
    public Conditions under(Parent parent) {
        return OfCooperation.under(parent);
    }
}
