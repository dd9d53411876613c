package org.voyage.mobility.enrolment;

import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.voyage.mobility.personal.SubmittedPersonalData;

/**
 * Record of one inbound enrolment: one student from abroad at one college.
 *
 * @param nationality ISO 3166-1 alpha-3
 * @param major required for degree students
 * @param chineseWithSkills whether in a programme "Chinese + vocational skills"
 * @param chineseLevel HSK at entry, 0 to 6
 * @param assessed whether the ability was assessed before admission
 * @param startedOn first day enrolled
 * @param endedOn first day no longer enrolled; null exactly while enrolled
 * @param personal personal data that came with the record; it is no part of the record and of its equality
 */
public record InboundEnrolment(
        String nationality,
        String college,
        StudyLevel level,
        StudentCategory category,
        @Nullable String major,
        boolean chineseWithSkills,
        FundingSource funding,
        @Nullable Long chineseLevel,
        boolean assessed,
        LocalDate startedOn,
        @Nullable LocalDate endedOn,
        EnrolmentOutcome outcome,
        SubmittedPersonalData personal) {

    /**
     * Returns the parts that the figures of a year count. The outcome and the length of stay count in the year of the
     * end.
     */
    @Nullable
    Object inYear(int year) {
        boolean ends = endedOn != null && endedOn.getYear() == year;
        if (startedOn.getYear() > year || endedOn != null && endedOn.getYear() < year) {
            return null;
        }
        return Arrays.asList(
                nationality,
                college,
                level,
                category,
                major,
                chineseWithSkills,
                funding,
                chineseLevel,
                assessed,
                ends || startedOn.getYear() == year ? startedOn : null,
                ends ? endedOn : null,
                ends ? outcome : null);
    }
}
