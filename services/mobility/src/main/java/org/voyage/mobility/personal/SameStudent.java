package org.voyage.mobility.personal;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Other enrolments of a student.
 *
 * @param others number of other enrolments, in any province
 * @param enrolments other enrolments that the caller may know
 */
@Schema(name = "SameStudent", description = "Other enrolments of the same student / 同一学生的其他来华留学记录")
public record SameStudent(long others, List<StudentEnrolment> enrolments) {

    @Schema(name = "SameStudentEnrolment")
    public record StudentEnrolment(String province, String sourceId) {}
}
