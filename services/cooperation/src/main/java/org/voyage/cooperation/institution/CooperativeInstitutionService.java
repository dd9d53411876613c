package org.voyage.cooperation.institution;

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

/** Commands that write cooperative institutions. */
@ApplicationScoped
public class CooperativeInstitutionService implements RecordCommands<CooperativeInstitution> {

    public static final RecordType<CooperativeInstitution> TYPE = new RecordType<>(
                    "cooperation",
                    "cooperative-institution",
                    "cooperative-institutions",
                    new CooperativeInstitutionRules(),
                    (it, year) -> it.inYear(year, it.legalForm()))
            .withReportingYear("approvedOn", it -> it.approvedOn().getYear())
            .withWarnings((key, it) -> CollegeProvinceCheck.checkCollege(key, it.college()));

    private final RecordRepository<CooperativeInstitution> records;
    private final ChildRecordCoordinator children;

    CooperativeInstitutionService(RecordWriteSupport tools, ChildRecordCoordinator children) {
        this.records = new RecordRepository<>(TYPE, tools);
        this.children = children;
    }

    @Override
    public RecordRepository<CooperativeInstitution> records() {
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
    public WriteSummary<CooperativeInstitution> writeRecords(
            List<RecordSubmission<CooperativeInstitution>> sent, WriteMode writing) {
        return children.writeParents(
                records, sent, writing, this::decide, CooperativeInstitution::wasActiveOnSameDaysAs);
    }

    private WriteResult<CooperativeInstitution> decide(
            RecordSubmission<CooperativeInstitution> sent, ChangeSet<CooperativeInstitution> changes) {
        if (sent.record() == null) {
            return changes.withdrawRecord(
                    sent, () -> children.requireNoChildren(new ParentReference(TYPE.name(), sent.key())));
        }
        CooperativeInstitution standing = changes.activeRecord(sent.key());
        if (standing != null) {
            standing.status().requireSuccessor(sent.record().status());
            if (!standing.countsSameAs(sent.record())) {
                ParentReference institution = new ParentReference(TYPE.name(), sent.key());
                changes.requireOpenYears(sent.key(), year -> children.countsInYear(institution, year));
            }
        }
        return changes.applySubmission(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<CooperativeInstitution> moveRecord(
            RecordSubmission<CooperativeInstitution> sent, RecordMove move, WriteMode writing) {
        return children.moveChildren(TYPE, sent.key(), move, records.moveRecord(sent, move, writing), writing);
    }

    /** Returns the active institutions of a province, with their names. */
    public List<NamedRecord> listInstitutions(Province province, int limit) {
        return records.table().findNamed(province, List.of("name", "nameEn"), limit);
    }
}
