package org.voyage.cooperation.headcount;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.voyage.cooperation.agreement.Agreement;
import org.voyage.cooperation.institution.CooperativeInstitutionService;
import org.voyage.cooperation.programme.CooperativeProgrammeService;
import org.voyage.kit.record.ParentReference;
import org.voyage.kit.record.PlausibilityMeasure;
import org.voyage.kit.record.RecordMove;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.parent.ChildRecords;
import org.voyage.kit.record.parent.ChildType;
import org.voyage.kit.record.parent.ParkedRowStore;
import org.voyage.kit.record.write.RecordCommands;
import org.voyage.kit.record.write.RecordRepository;
import org.voyage.kit.record.write.RecordWriteSupport;
import org.voyage.kit.record.write.WriteSummary;

/** Commands that write cooperative headcounts. A headcount without its institution or programme is parked. */
@ApplicationScoped
public class CooperativeHeadcountService implements RecordCommands<CooperativeHeadcount>, ChildType {

    public static final RecordType<CooperativeHeadcount> TYPE = new RecordType<>(
                    "cooperation",
                    "cooperative-headcount",
                    "cooperative-headcounts",
                    new CooperativeHeadcountRules(),
                    (headcount, year) -> headcount.year() == year ? headcount : null)
            .withReportingYear("year", CooperativeHeadcount::year)
            .withAmount(new PlausibilityMeasure<>(
                    "students",
                    CooperativeHeadcount::students,
                    new PlausibilityMeasure.SeriesDefinition<>(
                            CooperativeHeadcountService::seriesOf, CooperativeHeadcount::year)));

    private final RecordRepository<CooperativeHeadcount> records;
    private final ChildRecords<CooperativeHeadcount, Agreement> children;

    CooperativeHeadcountService(
            RecordWriteSupport tools,
            ParkedRowStore parked,
            CooperativeInstitutionService institutions,
            CooperativeProgrammeService programmes) {
        this.records = new RecordRepository<>(TYPE, tools);
        this.children = new ChildRecords<>(records, parked, new CooperationRelation(institutions, programmes));
    }

    @Override
    public RecordRepository<CooperativeHeadcount> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<CooperativeHeadcount> writeRecords(
            List<RecordSubmission<CooperativeHeadcount>> sent, WriteMode writing) {
        return children.writeRecords(sent, writing);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<CooperativeHeadcount> moveRecord(
            RecordSubmission<CooperativeHeadcount> sent, RecordMove move, WriteMode writing) {
        return records.moveRecord(sent, move, writing);
    }

    @Override
    public ChildRecords<CooperativeHeadcount, Agreement> children() {
        return children;
    }

    @Override
    public SqlConditions childrenOf(ParentReference parent) {
        return CooperationRelation.conditionFor(parent);
    }

    /** Returns the key of the series of yearly counts that the headcount belongs to. */
    private static String seriesOf(CooperativeHeadcount headcount) {
        return headcount.institution() == null
                ? "programme " + headcount.programme()
                : "institution " + headcount.institution();
    }
}
