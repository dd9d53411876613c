package org.voyage.mobility.teacher;

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

/** Writes foreign teachers. */
@ApplicationScoped
public class ForeignTeacherService implements Commands<ForeignTeacher> {

    public static final RecordType<ForeignTeacher> TYPE = new RecordType<>(
                    "mobility", "foreign-teacher", "foreign-teachers", new ForeignTeacherJson(), ForeignTeacher::inYear)
            .about("startedOn", it -> it.startedOn().getYear())
            .odd((key, it) -> Elsewhere.of(key, it.college()));

    private final Records<ForeignTeacher> records;

    ForeignTeacherService(RecordTools tools) {
        this.records = new Records<>(TYPE, tools);
    }

    @Override
    public Records<ForeignTeacher> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<ForeignTeacher> write(List<Sent<ForeignTeacher>> sent, Writing writing) {
        return records.write(sent, writing, ForeignTeacherService::decide);
    }

    private static Result<ForeignTeacher> decide(Sent<ForeignTeacher> sent, Changes<ForeignTeacher> changes) {
        return sent.record() == null ? changes.withdraw(sent, () -> {}) : changes.send(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<ForeignTeacher> move(Sent<ForeignTeacher> sent, Move move, Writing writing) {
        return records.move(sent, move, writing);
    }
}
