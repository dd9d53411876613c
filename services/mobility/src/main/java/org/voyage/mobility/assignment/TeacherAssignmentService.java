package org.voyage.mobility.assignment;

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

/** Commands that write teacher assignments. */
@ApplicationScoped
public class TeacherAssignmentService implements RecordCommands<TeacherAssignment> {

    public static final RecordType<TeacherAssignment> TYPE = new RecordType<>(
                    "mobility",
                    "teacher-assignment",
                    "teacher-assignments",
                    new TeacherAssignmentJson(),
                    (assignment, year) -> assignment.startedOn().getYear() == year ? assignment : null)
            .withReportingYear("startedOn", it -> it.startedOn().getYear())
            .withWarnings((key, it) -> CollegeProvinceCheck.checkCollege(key, it.college()))
            .withAmount(new PlausibilityMeasure<>("teachers", TeacherAssignment::teachers, null));

    private final RecordRepository<TeacherAssignment> records;

    TeacherAssignmentService(RecordWriteSupport tools) {
        this.records = new RecordRepository<>(TYPE, tools);
    }

    @Override
    public RecordRepository<TeacherAssignment> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<TeacherAssignment> writeRecords(
            List<RecordSubmission<TeacherAssignment>> sent, WriteMode writing) {
        return records.writeRecords(sent, writing, TeacherAssignmentService::decide);
    }

    private static WriteResult<TeacherAssignment> decide(
            RecordSubmission<TeacherAssignment> sent, ChangeSet<TeacherAssignment> changes) {
        return sent.record() == null ? changes.withdrawRecord(sent, () -> {}) : changes.applySubmission(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<TeacherAssignment> moveRecord(
            RecordSubmission<TeacherAssignment> sent, RecordMove move, WriteMode writing) {
        return records.moveRecord(sent, move, writing);
    }
}
