package org.voyage.mobility.assignment;

import static org.voyage.mobility.Reference.ABROAD;
import static org.voyage.mobility.Reference.COLLEGE;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.ReferenceFile;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.FieldReader;

/** The wire form of a teacher assignment. */
public class TeacherAssignmentJson implements RecordJson<TeacherAssignment> {

    static final Codes<AssignmentRole> ROLES = ReferenceFile.codes("role", "roles", AssignmentRole.class);
    static final Codes<HostKind> HOST_KINDS = ReferenceFile.codes("host-kind", "host-kinds", HostKind.class);

    private static final int MOST_TEACHERS = 100_000;
    private static final int MOST_DAYS = 3_660;

    @Override
    public TeacherAssignment fields(FieldReader in) {
        return new TeacherAssignment(
                in.text("college", COLLEGE),
                in.code("hostCountry", ABROAD),
                in.code("hostKind", HOST_KINDS),
                in.code("role", ROLES),
                in.integer("teachers", 1, MOST_TEACHERS),
                in.integer("days", 1, MOST_DAYS),
                in.date("startedOn"));
    }

    @Override
    public LocalDate day(TeacherAssignment assignment) {
        return assignment.startedOn();
    }

    @Override
    public void write(TeacherAssignment assignment, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.text("college", assignment.college());
        out.text("hostCountry", assignment.hostCountry());
        out.code("hostKind", assignment.hostKind());
        out.code("role", assignment.role());
        out.number("teachers", assignment.teachers());
        out.number("days", assignment.days());
        out.date("startedOn", assignment.startedOn());
    }
}
