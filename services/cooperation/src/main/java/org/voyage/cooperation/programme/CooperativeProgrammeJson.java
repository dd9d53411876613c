package org.voyage.cooperation.programme;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.cooperation.CooperationCodes;
import org.voyage.cooperation.agreement.AgreementJson;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;

/** Wire form of a cooperative programme. */
public class CooperativeProgrammeJson implements RecordJson<CooperativeProgramme> {

    @Override
    public CooperativeProgramme readFields(FieldReader in) {
        return new CooperativeProgramme(
                AgreementJson.readFields(in), in.readText("major", CooperationCodes.MAJOR_CODE));
    }

    @Override
    public LocalDate referenceDay(CooperativeProgramme programme) {
        return programme.agreement().approvedOn();
    }

    @Override
    public void checkFields(FieldReader in, CooperativeProgramme programme) {
        AgreementJson.checkFields(in, programme.agreement());
    }

    @Override
    public void writeRecord(CooperativeProgramme programme, JsonGenerator generator) throws IOException {
        AgreementJson.writeFields(programme.agreement(), generator);
        new FieldWriter(generator).writeText("major", programme.major());
    }
}
