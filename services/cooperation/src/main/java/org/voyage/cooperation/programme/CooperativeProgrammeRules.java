package org.voyage.cooperation.programme;

import org.voyage.cooperation.agreement.AgreementRules;
import org.voyage.kit.input.FieldReader;

/** Rules between the fields of a cooperative programme. */
class CooperativeProgrammeRules extends CooperativeProgrammeJson {

    @Override
    public void checkFields(FieldReader in, CooperativeProgramme programme) {
        AgreementRules.checkFields(in, programme);
    }
}
