package org.voyage.mobility.teacher;

import static org.voyage.mobility.MobilityCodes.COLLEGE_CODE;
import static org.voyage.mobility.MobilityCodes.FOREIGN_COUNTRIES;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;

/** Wire form of a foreign teacher. */
public class ForeignTeacherJson implements RecordJson<ForeignTeacher> {

    @Override
    public ForeignTeacher readFields(FieldReader in) {
        return new ForeignTeacher(
                in.readText("college", COLLEGE_CODE),
                in.readCode("nationality", FOREIGN_COUNTRIES),
                in.readDate("startedOn"),
                in.readOptionalDate("endedOn"));
    }

    @Override
    public LocalDate referenceDay(ForeignTeacher teacher) {
        return teacher.startedOn();
    }

    @Override
    public void checkFields(FieldReader in, ForeignTeacher teacher) {
        if (teacher.endedOn() != null && teacher.endedOn().isBefore(teacher.startedOn())) {
            in.refuseField("endedOn", "end-before-start", "It ends before it starts.", "结束日期早于开始日期。");
        }
    }

    @Override
    public void writeRecord(ForeignTeacher teacher, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.writeText("college", teacher.college());
        out.writeText("nationality", teacher.nationality());
        out.writeDate("startedOn", teacher.startedOn());
        out.writeDate("endedOn", teacher.endedOn());
    }
}
