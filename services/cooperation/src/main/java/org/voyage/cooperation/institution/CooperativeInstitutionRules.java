package org.voyage.cooperation.institution;

import org.voyage.cooperation.agreement.AgreementRules;
import org.voyage.kit.input.FieldReader;

/** Rules between the fields of a cooperative institution. */
class CooperativeInstitutionRules extends CooperativeInstitutionJson {

    @Override
    public void checkFields(FieldReader in, CooperativeInstitution institution) {
        AgreementRules.checkFields(in, institution);
    }
}
