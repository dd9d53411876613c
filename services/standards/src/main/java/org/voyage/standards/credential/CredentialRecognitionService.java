package org.voyage.standards.credential;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.voyage.kit.record.Changes;
import org.voyage.kit.record.Commands;
import org.voyage.kit.record.Move;
import org.voyage.kit.record.RecordTools;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.Records;
import org.voyage.kit.record.Result;
import org.voyage.kit.record.Sent;
import org.voyage.kit.record.Writing;
import org.voyage.kit.record.Written;

/** Writes recognitions of credentials. */
@ApplicationScoped
public class CredentialRecognitionService implements Commands<CredentialRecognition> {

    public static final RecordType<CredentialRecognition> TYPE = new RecordType<>(
                    "standards",
                    "credential-recognition",
                    "credential-recognitions",
                    new CredentialRecognitionJson(),
                    CredentialRecognition::inYear)
            .about("submittedOn", it -> it.submittedOn().getYear());

    private final Records<CredentialRecognition> records;

    CredentialRecognitionService(RecordTools tools) {
        this.records = new Records<>(TYPE, tools);
    }

    @Override
    public Records<CredentialRecognition> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<CredentialRecognition> write(List<Sent<CredentialRecognition>> sent, Writing writing) {
        return records.write(sent, writing, CredentialRecognitionService::decide);
    }

    private static Result<CredentialRecognition> decide(
            Sent<CredentialRecognition> sent, Changes<CredentialRecognition> changes) {
        return sent.record() == null ? changes.withdraw(sent, () -> {}) : changes.send(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<CredentialRecognition> move(Sent<CredentialRecognition> sent, Move move, Writing writing) {
        return records.move(sent, move, writing);
    }
}
