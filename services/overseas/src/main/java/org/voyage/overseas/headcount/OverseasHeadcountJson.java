package org.voyage.overseas.headcount;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.time.Month;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.input.SourceId;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.overseas.OverseasCodes;

/** Wire form of an overseas headcount. */
public class OverseasHeadcountJson implements RecordJson<OverseasHeadcount> {

    private static final int FIRST_YEAR = 1949;
    private static final int LAST_YEAR = 2100;
    private static final int MAX_STUDENTS = 1_000_000;

    @Override
    public OverseasHeadcount readFields(FieldReader in) {
        return new OverseasHeadcount(
                in.readText("school", SourceId.FORMAT),
                in.readYear("year", FIRST_YEAR, LAST_YEAR),
                in.readText("major", OverseasCodes.MAJOR_CODE),
                in.readInteger("students", 0, MAX_STUDENTS));
    }

    @Override
    public LocalDate referenceDay(OverseasHeadcount headcount) {
        return LocalDate.of(headcount.year(), Month.DECEMBER, 31);
    }

    @Override
    public void writeRecord(OverseasHeadcount headcount, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.writeText("school", headcount.school());
        out.writeNumber("year", headcount.year());
        out.writeText("major", headcount.major());
        out.writeNumber("students", headcount.students());
    }
}
