package org.voyage.mobility.teacher;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.record.ChangeSet;
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

/** Commands that write foreign teachers. */
@ApplicationScoped
public class ForeignTeacherService implements RecordCommands<ForeignTeacher> {

    public static final RecordType<ForeignTeacher> TYPE = new RecordType<>(
                    "mobility",
                    "foreign-teacher",
                    "foreign-teachers",
                    new ForeignTeacherRules(),
                    ForeignTeacherService::inYear)
            .withReportingYear("startedOn", it -> it.startedOn().getYear())
            .withWarnings((key, it) -> CollegeProvinceCheck.checkCollege(key, it.college()));

    private final RecordRepository<ForeignTeacher> records;

    ForeignTeacherService(RecordWriteSupport tools) {
        this.records = new RecordRepository<>(TYPE, tools);
    }

    @Override
    public RecordRepository<ForeignTeacher> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<ForeignTeacher> writeRecords(List<RecordSubmission<ForeignTeacher>> sent, WriteMode writing) {
        return records.writeRecords(sent, writing, ForeignTeacherService::decide);
    }

    private static WriteResult<ForeignTeacher> decide(
            RecordSubmission<ForeignTeacher> sent, ChangeSet<ForeignTeacher> changes) {
        return sent.record() == null ? changes.withdrawRecord(sent, () -> {}) : changes.applySubmission(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<ForeignTeacher> moveRecord(
            RecordSubmission<ForeignTeacher> sent, RecordMove move, WriteMode writing) {
        return records.moveRecord(sent, move, writing);
    }

    /** Returns the parts that the figures of a year count. The length of stay counts in the year of the end. */
    private static @Nullable Object inYear(ForeignTeacher teacher, int year) {
        LocalDate started = teacher.startedOn();
        LocalDate ended = teacher.endedOn();
        boolean ends = ended != null && ended.getYear() == year;
        if (started.getYear() > year || ended != null && ended.getYear() < year) {
            return null;
        }
        return Arrays.asList(
                teacher.college(),
                teacher.nationality(),
                ends || started.getYear() == year ? started : null,
                ends ? ended : null);
    }
}
