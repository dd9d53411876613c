package org.voyage.cooperation.institution;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.cooperation.agreement.AgreementJson;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.ReferenceFile;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.FieldReader;

/** The wire form of a cooperative institution. */
public class CooperativeInstitutionJson implements RecordJson<CooperativeInstitution> {

    private static final Codes<LegalForm> LEGAL_FORMS =
            ReferenceFile.codes("legal-form", "legal-forms", LegalForm.class);

    @Override
    public CooperativeInstitution fields(FieldReader in) {
        return new CooperativeInstitution(AgreementJson.read(in), in.code("legalForm", LEGAL_FORMS));
    }

    @Override
    public LocalDate day(CooperativeInstitution institution) {
        return institution.agreement().approvedOn();
    }

    @Override
    public void check(FieldReader in, CooperativeInstitution institution) {
        AgreementJson.check(in, institution.agreement());
    }

    @Override
    public void write(CooperativeInstitution institution, JsonGenerator generator) throws IOException {
        AgreementJson.write(institution.agreement(), generator);
        new FieldWriter(generator).code("legalForm", institution.legalForm());
    }
}
