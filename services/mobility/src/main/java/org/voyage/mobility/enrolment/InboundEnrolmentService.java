package org.voyage.mobility.enrolment;

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
import org.voyage.kit.rules.RuleBook;
import org.voyage.mobility.personal.PersonalDataService;

/** Commands that write inbound enrolments, and the personal data of their students into its own table. */
@ApplicationScoped
public class InboundEnrolmentService implements RecordCommands<InboundEnrolment> {

    public static final RecordType<InboundEnrolment> TYPE = new RecordType<>(
                    "mobility",
                    PersonalDataService.RECORD_NAME,
                    "inbound-enrolments",
                    new InboundEnrolmentRules(),
                    InboundEnrolmentService::inYear)
            .withReportingYear("startedOn", it -> it.startedOn().getYear())
            .withWarnings((key, it) -> CollegeProvinceCheck.checkCollege(key, it.college()));

    private final RecordRepository<InboundEnrolment> records;
    private final PersonalDataSync students;

    InboundEnrolmentService(RecordWriteSupport tools, PersonalDataService personal, RuleBook rules) {
        this.records = new RecordRepository<>(TYPE, tools);
        this.students = new PersonalDataSync(personal, rules);
    }

    @Override
    public RecordRepository<InboundEnrolment> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<InboundEnrolment> writeRecords(
            List<RecordSubmission<InboundEnrolment>> sent, WriteMode writing) {
        WriteSummary<InboundEnrolment> written = records.writePrepared(sent, writing, locked -> {
            PersonalDataService.CheckedReasons reasons = students.checkReasons(sent);
            return (one, changes) -> decide(one, changes, reasons);
        });
        return students.storePersonalData(sent, written, writing);
    }

    private static WriteResult<InboundEnrolment> decide(
            RecordSubmission<InboundEnrolment> sent,
            ChangeSet<InboundEnrolment> changes,
            PersonalDataService.CheckedReasons reasons) {
        InboundEnrolment enrolment = sent.record();
        if (enrolment == null) {
            reasons.requireNotNaming(sent.key());
            return changes.withdrawRecord(sent, () -> {});
        }
        enrolment.personal().data().ifPresent(data -> PersonalDataService.requireNotInKey(sent.key(), data));
        return changes.applySubmission(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<InboundEnrolment> moveRecord(
            RecordSubmission<InboundEnrolment> sent, RecordMove move, WriteMode writing) {
        students.checkReasons(List.of(sent)).requireNotNaming(sent.key());
        students.requireImpersonalMove(sent.key(), move.to());
        WriteSummary<InboundEnrolment> moved = records.moveRecord(sent, move, writing);
        students.movePersonalData(sent, move.to(), moved);
        return moved;
    }

    /**
     * Returns the parts that the figures of a year count. The outcome and the length of stay count in the year of the
     * end.
     */
    static @Nullable Object inYear(InboundEnrolment enrolment, int year) {
        LocalDate started = enrolment.startedOn();
        LocalDate ended = enrolment.endedOn();
        boolean ends = ended != null && ended.getYear() == year;
        if (started.getYear() > year || ended != null && ended.getYear() < year) {
            return null;
        }
        return Arrays.asList(
                enrolment.nationality(),
                enrolment.college(),
                enrolment.level(),
                enrolment.category(),
                enrolment.major(),
                enrolment.chineseWithSkills(),
                enrolment.funding(),
                enrolment.chineseLevel(),
                enrolment.assessed(),
                ends || started.getYear() == year ? started : null,
                ends ? ended : null,
                ends ? enrolment.outcome() : null);
    }
}
