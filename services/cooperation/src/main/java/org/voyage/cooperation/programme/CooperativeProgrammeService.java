package org.voyage.cooperation.programme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.voyage.kit.access.Province;
import org.voyage.kit.record.ChangeSet;
import org.voyage.kit.record.NamedRecord;
import org.voyage.kit.record.ParentReference;
import org.voyage.kit.record.RecordMove;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.WriteResult;
import org.voyage.kit.record.check.CollegeProvinceCheck;
import org.voyage.kit.record.parent.ChildRecordCoordinator;
import org.voyage.kit.record.write.RecordCommands;
import org.voyage.kit.record.write.RecordRepository;
import org.voyage.kit.record.write.RecordWriteSupport;
import org.voyage.kit.record.write.WriteSummary;

/** Commands that write cooperative programmes. */
@ApplicationScoped
public class CooperativeProgrammeService implements RecordCommands<CooperativeProgramme> {

    public static final RecordType<CooperativeProgramme> TYPE = new RecordType<>(
                    "cooperation",
                    "cooperative-programme",
                    "cooperative-programmes",
                    new CooperativeProgrammeRules(),
                    (it, year) -> it.inYear(year, it.major()))
            .withReportingYear("approvedOn", it -> it.approvedOn().getYear())
            .withWarnings((key, it) -> CollegeProvinceCheck.checkCollege(key, it.college()));

    private final RecordRepository<CooperativeProgramme> records;
    private final ChildRecordCoordinator children;

    CooperativeProgrammeService(RecordWriteSupport tools, ChildRecordCoordinator children) {
        this.records = new RecordRepository<>(TYPE, tools);
        this.children = children;
    }

    @Override
    public RecordRepository<CooperativeProgramme> records() {
        return records;
    }

    @Override
    public boolean mayHaveDuplicateChildren() {
        return true;
    }

    @Override
    public boolean mayApplyParkedRows() {
        return true;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<CooperativeProgramme> writeRecords(
            List<RecordSubmission<CooperativeProgramme>> sent, WriteMode writing) {
        return children.writeParents(records, sent, writing, this::decide, CooperativeProgramme::wasActiveOnSameDaysAs);
    }

    private WriteResult<CooperativeProgramme> decide(
            RecordSubmission<CooperativeProgramme> sent, ChangeSet<CooperativeProgramme> changes) {
        if (sent.record() == null) {
            return changes.withdrawRecord(
                    sent, () -> children.requireNoChildren(new ParentReference(TYPE.name(), sent.key())));
        }
        CooperativeProgramme standing = changes.activeRecord(sent.key());
        if (standing != null) {
            standing.status().requireSuccessor(sent.record().status());
            if (!standing.countsSameAs(sent.record())) {
                ParentReference programme = new ParentReference(TYPE.name(), sent.key());
                changes.requireOpenYears(sent.key(), year -> children.countsInYear(programme, year));
            }
        }
        return changes.applySubmission(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<CooperativeProgramme> moveRecord(
            RecordSubmission<CooperativeProgramme> sent, RecordMove move, WriteMode writing) {
        return children.moveChildren(TYPE, sent.key(), move, records.moveRecord(sent, move, writing), writing);
    }

    /** Returns the active programmes of a province, with their names. */
    public List<NamedRecord> listProgrammes(Province province, int limit) {
        return records.table().findNamed(province, List.of("name", "nameEn"), limit);
    }
}
