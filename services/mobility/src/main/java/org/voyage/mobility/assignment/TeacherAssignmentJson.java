package org.voyage.mobility.assignment;

import static org.voyage.mobility.MobilityCodes.COLLEGE_CODE;
import static org.voyage.mobility.MobilityCodes.FOREIGN_COUNTRIES;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.CodeListFile;

/** Wire form of a teacher assignment. */
public class TeacherAssignmentJson implements RecordJson<TeacherAssignment> {

    static final CodeSet<AssignmentRole> ROLES = CodeListFile.codes("role", "roles", AssignmentRole.class);
    static final CodeSet<HostKind> HOST_KINDS = CodeListFile.codes("host-kind", "host-kinds", HostKind.class);

    private static final int MAX_TEACHERS = 100_000;
    private static final int MAX_DAYS = 3_660;

    @Override
    public TeacherAssignment readFields(FieldReader in) {
        return new TeacherAssignment(
                in.readText("college", COLLEGE_CODE),
                in.readCode("hostCountry", FOREIGN_COUNTRIES),
                in.readCode("hostKind", HOST_KINDS),
                in.readCode("role", ROLES),
                in.readInteger("teachers", 1, MAX_TEACHERS),
                in.readInteger("days", 1, MAX_DAYS),
                in.readDate("startedOn"));
    }

    @Override
    public LocalDate referenceDay(TeacherAssignment assignment) {
        return assignment.startedOn();
    }

    @Override
    public void writeRecord(TeacherAssignment assignment, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.writeText("college", assignment.college());
        out.writeText("hostCountry", assignment.hostCountry());
        out.writeCode("hostKind", assignment.hostKind());
        out.writeCode("role", assignment.role());
        out.writeNumber("teachers", assignment.teachers());
        out.writeNumber("days", assignment.days());
        out.writeDate("startedOn", assignment.startedOn());
    }
}
