package org.voyage.mobility.personal;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The other enrolments of a student.
 *
 * @param others how many there are, in any province
 * @param enrolments those that the caller may know
 */
@Schema(name = "SameStudent", description = "Other enrolments of the same student / 同一学生的其他来华留学记录")
public record SameStudent(long others, List<StudentEnrolment> enrolments) {

    @Schema(name = "SameStudentEnrolment")
    public record StudentEnrolment(String province, String sourceId) {}
}
