package org.voyage.cooperation.headcount;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.time.Month;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.web.FieldReader;
import org.voyage.kit.web.SourceId;

/** The wire form of a cooperative headcount. */
public class CooperativeHeadcountJson implements RecordJson<CooperativeHeadcount> {

    private static final int FIRST_YEAR = 1949;
    private static final int LAST_YEAR = 2100;
    private static final int MOST_STUDENTS = 1_000_000;

    @Override
    public CooperativeHeadcount fields(FieldReader in) {
        if (in.has("institution") == in.has("programme")) {
            in.refuse(
                    "institution",
                    "institution-or-programme",
                    "A headcount is of an institution or of a programme: give exactly one of the two.",
                    "人数属于机构或项目：institution 与 programme 必须且只能填写一项。");
        }
        return new CooperativeHeadcount(
                in.optionalText("institution", SourceId.SHAPE),
                in.optionalText("programme", SourceId.SHAPE),
                (int) in.integer("year", FIRST_YEAR, LAST_YEAR),
                in.integer("students", 0, MOST_STUDENTS));
    }

    @Override
    public LocalDate day(CooperativeHeadcount headcount) {
        return LocalDate.of(headcount.year(), Month.DECEMBER, 31);
    }

    @Override
    public void write(CooperativeHeadcount headcount, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.text("institution", headcount.institution());
        out.text("programme", headcount.programme());
        out.number("year", headcount.year());
        out.number("students", headcount.students());
    }
}
