package org.voyage.mobility.enrolment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
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
import org.voyage.kit.rules.RuleBook;
import org.voyage.mobility.personal.PersonalRecords;

/** Writes inbound enrolments, and what is personal about their students where it belongs. */
@ApplicationScoped
public class InboundEnrolmentService implements Commands<InboundEnrolment> {

    public static final RecordType<InboundEnrolment> TYPE = new RecordType<>(
                    "mobility",
                    PersonalRecords.RECORD,
                    "inbound-enrolments",
                    new InboundEnrolmentJson(),
                    InboundEnrolment::inYear)
            .about("startedOn", it -> it.startedOn().getYear())
            .odd((key, it) -> Elsewhere.of(key, it.college()));

    private final Records<InboundEnrolment> records;
    private final Students students;

    InboundEnrolmentService(RecordTools tools, PersonalRecords personal, RuleBook rules) {
        this.records = new Records<>(TYPE, tools);
        this.students = new Students(personal, rules);
    }

    @Override
    public Records<InboundEnrolment> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<InboundEnrolment> write(List<Sent<InboundEnrolment>> sent, Writing writing) {
        Written<InboundEnrolment> written = records.writeWith(sent, writing, locked -> {
            PersonalRecords.Reasons reasons = students.reasons(sent);
            return (one, changes) -> decide(one, changes, reasons);
        });
        return students.follow(sent, written, writing);
    }

    private static Result<InboundEnrolment> decide(
            Sent<InboundEnrolment> sent, Changes<InboundEnrolment> changes, PersonalRecords.Reasons reasons) {
        InboundEnrolment enrolment = sent.record();
        if (enrolment == null) {
            reasons.requireSilent(sent.key());
            return changes.withdraw(sent, () -> {});
        }
        enrolment.personal().data().ifPresent(data -> PersonalRecords.requireNotInKey(sent.key(), data));
        return changes.send(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<InboundEnrolment> move(Sent<InboundEnrolment> sent, Move move, Writing writing) {
        students.reasons(List.of(sent)).requireSilent(sent.key());
        Written<InboundEnrolment> moved = records.move(sent, move, writing);
        students.move(sent, move.to(), moved);
        return moved;
    }
}
