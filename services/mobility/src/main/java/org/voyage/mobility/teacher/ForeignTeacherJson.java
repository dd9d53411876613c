package org.voyage.mobility.teacher;

import static org.voyage.mobility.Reference.ABROAD;
import static org.voyage.mobility.Reference.COLLEGE;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.web.FieldReader;

/** The wire form of a foreign teacher. */
public class ForeignTeacherJson implements RecordJson<ForeignTeacher> {

    @Override
    public ForeignTeacher fields(FieldReader in) {
        return new ForeignTeacher(
                in.text("college", COLLEGE),
                in.code("nationality", ABROAD),
                in.date("startedOn"),
                in.optionalDate("endedOn"));
    }

    @Override
    public LocalDate day(ForeignTeacher teacher) {
        return teacher.startedOn();
    }

    @Override
    public void check(FieldReader in, ForeignTeacher teacher) {
        if (teacher.endedOn() != null && teacher.endedOn().isBefore(teacher.startedOn())) {
            in.refuse("endedOn", "end-before-start", "It ends before it starts.", "结束日期早于开始日期。");
        }
    }

    @Override
    public void write(ForeignTeacher teacher, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.text("college", teacher.college());
        out.text("nationality", teacher.nationality());
        out.date("startedOn", teacher.startedOn());
        out.date("endedOn", teacher.endedOn());
    }
}
