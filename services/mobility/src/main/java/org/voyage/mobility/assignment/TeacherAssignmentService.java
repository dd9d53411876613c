package org.voyage.mobility.assignment;

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

/** Writes teacher assignments. */
@ApplicationScoped
public class TeacherAssignmentService implements Commands<TeacherAssignment> {

    public static final RecordType<TeacherAssignment> TYPE = new RecordType<>(
                    "mobility",
                    "teacher-assignment",
                    "teacher-assignments",
                    new TeacherAssignmentJson(),
                    (assignment, year) -> assignment.startedOn().getYear() == year ? assignment : null)
            .about("startedOn", it -> it.startedOn().getYear())
            .odd((key, it) -> Elsewhere.of(key, it.college()))
            .with(new Amount<>("teachers", TeacherAssignment::teachers, null));

    private final Records<TeacherAssignment> records;

    TeacherAssignmentService(RecordTools tools) {
        this.records = new Records<>(TYPE, tools);
    }

    @Override
    public Records<TeacherAssignment> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<TeacherAssignment> write(List<Sent<TeacherAssignment>> sent, Writing writing) {
        return records.write(sent, writing, TeacherAssignmentService::decide);
    }

    private static Result<TeacherAssignment> decide(Sent<TeacherAssignment> sent, Changes<TeacherAssignment> changes) {
        return sent.record() == null ? changes.withdraw(sent, () -> {}) : changes.send(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<TeacherAssignment> move(Sent<TeacherAssignment> sent, Move move, Writing writing) {
        return records.move(sent, move, writing);
    }
}
