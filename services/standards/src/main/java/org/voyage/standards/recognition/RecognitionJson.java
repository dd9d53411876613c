package org.voyage.standards.recognition;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.ReferenceFile;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.FieldReader;
import org.voyage.kit.web.SourceId;
import org.voyage.standards.Reference;

/** The wire form of a recognition. */
public class RecognitionJson implements RecordJson<Recognition> {

    static final Codes<RecognitionLevel> LEVELS =
            ReferenceFile.codes("recognition-level", "recognition-levels", RecognitionLevel.class);

    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_EVIDENCE = 1_000;

    @Override
    public Recognition fields(FieldReader in) {
        return new Recognition(
                in.text("standard", SourceId.SHAPE),
                in.code("country", Reference.COUNTRIES),
                in.text("adopter", LONGEST_NAME),
                in.code("level", LEVELS),
                in.date("decidedOn"),
                in.optionalDate("expiresOn"),
                in.optionalDate("revokedOn"),
                in.optionalText("evidence", LONGEST_EVIDENCE));
    }

    @Override
    public LocalDate day(Recognition recognition) {
        return recognition.decidedOn();
    }

    @Override
    public void check(FieldReader in, Recognition recognition) {
        checkDates(in, recognition.decidedOn(), recognition.expiresOn(), recognition.revokedOn());
    }

    private static void checkDates(
            FieldReader in, LocalDate decided, @Nullable LocalDate expires, @Nullable LocalDate revoked) {
        if (expires != null && !expires.isAfter(decided)) {
            in.refuse("expiresOn", "expires-after-decided", "It expires before it holds.", "到期日期必须晚于采认日期。");
        }
        if (revoked != null && revoked.isBefore(decided)) {
            in.refuse("revokedOn", "revoked-after-decided", "It is revoked before it was decided.", "撤销日期早于采认日期。");
        }
    }

    @Override
    public void write(Recognition recognition, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.text("standard", recognition.standard());
        out.text("country", recognition.country());
        out.text("adopter", recognition.adopter());
        out.code("level", recognition.level());
        out.date("decidedOn", recognition.decidedOn());
        out.date("expiresOn", recognition.expiresOn());
        out.date("revokedOn", recognition.revokedOn());
        out.text("evidence", recognition.evidence());
    }
}
