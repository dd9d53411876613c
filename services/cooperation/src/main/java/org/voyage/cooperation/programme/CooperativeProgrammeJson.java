package org.voyage.cooperation.programme;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.voyage.cooperation.Reference;
import org.voyage.cooperation.agreement.AgreementJson;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.web.FieldReader;

/** The wire form of a cooperative programme. */
public class CooperativeProgrammeJson implements RecordJson<CooperativeProgramme> {

    @Override
    public CooperativeProgramme read(FieldReader in) {
        CooperativeProgramme programme =
                new CooperativeProgramme(AgreementJson.read(in), in.text("major", Reference.MAJOR));
        in.finish();
        return programme;
    }

    @Override
    public void write(CooperativeProgramme programme, JsonGenerator generator) throws IOException {
        AgreementJson.write(programme.agreement(), generator);
        new FieldWriter(generator).text("major", programme.major());
    }
}
