package org.voyage.standards.credential;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.ReferenceFile;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.FieldReader;
import org.voyage.standards.Reference;

/** The wire form of the recognition of a credential. */
public class CredentialRecognitionJson implements RecordJson<CredentialRecognition> {

    static final Codes<Delivery> DELIVERIES = ReferenceFile.codes("delivery", "deliveries", Delivery.class);
    static final Codes<CredentialDecision> DECISIONS =
            ReferenceFile.codes("decision", "decisions", CredentialDecision.class);

    private static final int LONGEST_TITLE = 300;

    @Override
    public CredentialRecognition fields(FieldReader in) {
        return new CredentialRecognition(
                in.text("credential", LONGEST_TITLE),
                in.optionalText("course", LONGEST_TITLE),
                in.code("delivery", DELIVERIES),
                in.text("college", Reference.COLLEGE),
                in.code("country", Reference.ABROAD),
                in.date("submittedOn"),
                in.code("decision", DECISIONS),
                in.date("decidedOn"));
    }

    @Override
    public LocalDate day(CredentialRecognition recognition) {
        return recognition.decidedOn();
    }

    @Override
    public void check(FieldReader in, CredentialRecognition recognition) {
        if (recognition.decidedOn().isBefore(recognition.submittedOn())) {
            in.refuse("decidedOn", "decided-after-submitted", "It is decided before it was submitted.", "决定日期早于提交日期。");
        }
    }

    @Override
    public void write(CredentialRecognition recognition, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.text("credential", recognition.credential());
        out.text("course", recognition.course());
        out.code("delivery", recognition.delivery());
        out.text("college", recognition.college());
        out.text("country", recognition.country());
        out.date("submittedOn", recognition.submittedOn());
        out.code("decision", recognition.decision());
        out.date("decidedOn", recognition.decidedOn());
    }
}
