package org.voyage.standards.recognition;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.FieldReader;

/** Rules between the fields of a recognition. */
class RecognitionRules extends RecognitionJson {

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
}
