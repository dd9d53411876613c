package org.voyage.standards.credential;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.record.ChangeSet;
import org.voyage.kit.record.RecordMove;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.WriteResult;
import org.voyage.kit.record.write.RecordCommands;
import org.voyage.kit.record.write.RecordRepository;
import org.voyage.kit.record.write.RecordWriteSupport;
import org.voyage.kit.record.write.WriteSummary;

/** Commands that write credential recognitions. */
@ApplicationScoped
public class CredentialRecognitionService implements RecordCommands<CredentialRecognition> {

    public static final RecordType<CredentialRecognition> TYPE = new RecordType<>(
                    "standards",
                    "credential-recognition",
                    "credential-recognitions",
                    new CredentialRecognitionRules(),
                    CredentialRecognitionService::inYear)
            .withReportingYear("submittedOn", it -> it.submittedOn().getYear());

    private final RecordRepository<CredentialRecognition> records;

    CredentialRecognitionService(RecordWriteSupport tools) {
        this.records = new RecordRepository<>(TYPE, tools);
    }

    @Override
    public RecordRepository<CredentialRecognition> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<CredentialRecognition> writeRecords(
            List<RecordSubmission<CredentialRecognition>> sent, WriteMode writing) {
        return records.writeRecords(sent, writing, CredentialRecognitionService::decide);
    }

    private static WriteResult<CredentialRecognition> decide(
            RecordSubmission<CredentialRecognition> sent, ChangeSet<CredentialRecognition> changes) {
        return sent.record() == null ? changes.withdrawRecord(sent, () -> {}) : changes.applySubmission(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<CredentialRecognition> moveRecord(
            RecordSubmission<CredentialRecognition> sent, RecordMove move, WriteMode writing) {
        return records.moveRecord(sent, move, writing);
    }

    /**
     * Returns the parts that count in the year: all but the texts and the day of submission. Returns null if the
     * decision was in another year.
     */
    private static @Nullable Object inYear(CredentialRecognition it, int year) {
        return it.decidedOn().getYear() == year
                ? List.of(it.decidedOn(), it.delivery(), it.college(), it.country(), it.decision())
                : null;
    }
}
