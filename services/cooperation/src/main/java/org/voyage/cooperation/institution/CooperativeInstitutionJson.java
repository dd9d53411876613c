package org.voyage.cooperation.institution;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.cooperation.agreement.AgreementJson;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.CodeListFile;

/** Wire form of a cooperative institution. */
public class CooperativeInstitutionJson implements RecordJson<CooperativeInstitution> {

    private static final CodeSet<LegalForm> LEGAL_FORMS =
            CodeListFile.codes("legal-form", "legal-forms", LegalForm.class);

    @Override
    public CooperativeInstitution readFields(FieldReader in) {
        return new CooperativeInstitution(AgreementJson.readFields(in), in.readCode("legalForm", LEGAL_FORMS));
    }

    @Override
    public LocalDate referenceDay(CooperativeInstitution institution) {
        return institution.agreement().approvedOn();
    }

    @Override
    public void checkFields(FieldReader in, CooperativeInstitution institution) {
        AgreementJson.checkFields(in, institution.agreement());
    }

    @Override
    public void writeRecord(CooperativeInstitution institution, JsonGenerator generator) throws IOException {
        AgreementJson.writeFields(institution.agreement(), generator);
        new FieldWriter(generator).writeCode("legalForm", institution.legalForm());
    }
}
