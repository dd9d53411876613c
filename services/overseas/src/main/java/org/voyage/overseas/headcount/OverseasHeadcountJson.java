package org.voyage.overseas.headcount;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.time.Month;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.web.FieldReader;
import org.voyage.kit.web.SourceId;
import org.voyage.overseas.Reference;

/** The wire form of an overseas headcount. */
public class OverseasHeadcountJson implements RecordJson<OverseasHeadcount> {

    private static final int FIRST_YEAR = 1949;
    private static final int LAST_YEAR = 2100;
    private static final int MOST_STUDENTS = 1_000_000;

    @Override
    public OverseasHeadcount fields(FieldReader in) {
        return new OverseasHeadcount(
                in.text("school", SourceId.SHAPE),
                (int) in.integer("year", FIRST_YEAR, LAST_YEAR),
                in.text("major", Reference.MAJOR),
                in.integer("students", 0, MOST_STUDENTS));
    }

    @Override
    public LocalDate day(OverseasHeadcount headcount) {
        return LocalDate.of(headcount.year(), Month.DECEMBER, 31);
    }

    @Override
    public void write(OverseasHeadcount headcount, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.text("school", headcount.school());
        out.number("year", headcount.year());
        out.text("major", headcount.major());
        out.number("students", headcount.students());
    }
}
