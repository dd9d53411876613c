package org.voyage.cooperation.headcount;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.time.Month;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.input.SourceId;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;

/** Wire form of a cooperative headcount. */
public class CooperativeHeadcountJson implements RecordJson<CooperativeHeadcount> {

    private static final int FIRST_YEAR = 1949;
    private static final int LAST_YEAR = 2100;
    private static final int MAX_STUDENTS = 1_000_000;

    @Override
    public CooperativeHeadcount readFields(FieldReader in) {
        if (in.hasField("institution") == in.hasField("programme")) {
            in.refuseField(
                    "institution",
                    "institution-or-programme",
                    "A headcount is of an institution or of a programme: give exactly one of the two.",
                    "人数属于机构或项目：institution 与 programme 必须且只能填写一项。");
        }
        return new CooperativeHeadcount(
                in.readOptionalText("institution", SourceId.FORMAT),
                in.readOptionalText("programme", SourceId.FORMAT),
                in.readYear("year", FIRST_YEAR, LAST_YEAR),
                in.readInteger("students", 0, MAX_STUDENTS));
    }

    @Override
    public LocalDate referenceDay(CooperativeHeadcount headcount) {
        return LocalDate.of(headcount.year(), Month.DECEMBER, 31);
    }

    @Override
    public void writeRecord(CooperativeHeadcount headcount, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.writeText("institution", headcount.institution());
        out.writeText("programme", headcount.programme());
        out.writeNumber("year", headcount.year());
        out.writeNumber("students", headcount.students());
    }
}
