package org.voyage.cooperation.programme;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.cooperation.Reference;
import org.voyage.cooperation.agreement.AgreementJson;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.web.FieldReader;

/** The wire form of a cooperative programme. */
public class CooperativeProgrammeJson implements RecordJson<CooperativeProgramme> {

    @Override
    public CooperativeProgramme fields(FieldReader in) {
        return new CooperativeProgramme(AgreementJson.read(in), in.text("major", Reference.MAJOR));
    }

    @Override
    public LocalDate day(CooperativeProgramme programme) {
        return programme.agreement().approvedOn();
    }

    @Override
    public void check(FieldReader in, CooperativeProgramme programme) {
        AgreementJson.check(in, programme.agreement());
    }

    @Override
    public void write(CooperativeProgramme programme, JsonGenerator generator) throws IOException {
        AgreementJson.write(programme.agreement(), generator);
        new FieldWriter(generator).text("major", programme.major());
    }
}
