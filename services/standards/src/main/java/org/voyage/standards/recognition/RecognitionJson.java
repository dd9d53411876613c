package org.voyage.standards.recognition;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.input.SourceId;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.CodeListFile;
import org.voyage.standards.StandardsCodes;

/** Wire form of a recognition. */
public class RecognitionJson implements RecordJson<Recognition> {

    static final CodeSet<RecognitionLevel> LEVELS =
            CodeListFile.codes("recognition-level", "recognition-levels", RecognitionLevel.class);

    private static final int MAX_NAME_LENGTH = 300;
    private static final int MAX_EVIDENCE_LENGTH = 1_000;

    @Override
    public Recognition readFields(FieldReader in) {
        return new Recognition(
                in.readText("standard", SourceId.FORMAT),
                in.readCode("country", StandardsCodes.COUNTRIES),
                in.readText("adopter", MAX_NAME_LENGTH),
                in.readCode("level", LEVELS),
                in.readDate("decidedOn"),
                in.readOptionalDate("expiresOn"),
                in.readOptionalDate("revokedOn"),
                in.readOptionalText("evidence", MAX_EVIDENCE_LENGTH));
    }

    @Override
    public LocalDate referenceDay(Recognition recognition) {
        return recognition.decidedOn();
    }

    @Override
    public void checkFields(FieldReader in, Recognition recognition) {
        checkDates(in, recognition.decidedOn(), recognition.expiresOn(), recognition.revokedOn());
    }

    private static void checkDates(
            FieldReader in, LocalDate decided, @Nullable LocalDate expires, @Nullable LocalDate revoked) {
        if (expires != null && !expires.isAfter(decided)) {
            in.refuseField("expiresOn", "expires-after-decided", "It expires before it holds.", "到期日期必须晚于采认日期。");
        }
        if (revoked != null && revoked.isBefore(decided)) {
            in.refuseField("revokedOn", "revoked-after-decided", "It is revoked before it was decided.", "撤销日期早于采认日期。");
        }
    }

    @Override
    public void writeRecord(Recognition recognition, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.writeText("standard", recognition.standard());
        out.writeText("country", recognition.country());
        out.writeText("adopter", recognition.adopter());
        out.writeCode("level", recognition.level());
        out.writeDate("decidedOn", recognition.decidedOn());
        out.writeDate("expiresOn", recognition.expiresOn());
        out.writeDate("revokedOn", recognition.revokedOn());
        out.writeText("evidence", recognition.evidence());
    }
}
