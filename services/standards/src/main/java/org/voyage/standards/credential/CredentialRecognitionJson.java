package org.voyage.standards.credential;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.CodeListFile;
import org.voyage.standards.StandardsCodes;

/** Wire form of a credential recognition. */
public class CredentialRecognitionJson implements RecordJson<CredentialRecognition> {

    static final CodeSet<CourseDelivery> DELIVERIES =
            CodeListFile.codes("delivery", "deliveries", CourseDelivery.class);
    static final CodeSet<CredentialDecision> DECISIONS =
            CodeListFile.codes("decision", "decisions", CredentialDecision.class);

    private static final int MAX_TITLE_LENGTH = 300;

    @Override
    public CredentialRecognition readFields(FieldReader in) {
        return new CredentialRecognition(
                in.readText("credential", MAX_TITLE_LENGTH),
                in.readOptionalText("course", MAX_TITLE_LENGTH),
                in.readCode("delivery", DELIVERIES),
                in.readText("college", StandardsCodes.COLLEGE_CODE),
                in.readCode("country", StandardsCodes.FOREIGN_COUNTRIES),
                in.readDate("submittedOn"),
                in.readCode("decision", DECISIONS),
                in.readDate("decidedOn"));
    }

    @Override
    public LocalDate referenceDay(CredentialRecognition recognition) {
        return recognition.decidedOn();
    }

    @Override
    public void checkFields(FieldReader in, CredentialRecognition recognition) {
        if (recognition.decidedOn().isBefore(recognition.submittedOn())) {
            in.refuseField(
                    "decidedOn", "decided-after-submitted", "It is decided before it was submitted.", "决定日期早于提交日期。");
        }
    }

    @Override
    public void writeRecord(CredentialRecognition recognition, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.writeText("credential", recognition.credential());
        out.writeText("course", recognition.course());
        out.writeCode("delivery", recognition.delivery());
        out.writeText("college", recognition.college());
        out.writeText("country", recognition.country());
        out.writeDate("submittedOn", recognition.submittedOn());
        out.writeCode("decision", recognition.decision());
        out.writeDate("decidedOn", recognition.decidedOn());
    }
}
