package org.voyage.mobility.assignment;

import java.time.LocalDate;

/**
 * Teachers of one college sent abroad together.
 *
 * @param hostCountry ISO 3166-1 alpha-3
 * @param teachers 1 or more
 * @param days it took, 1 or more; teachers times days are person-days
 * @param startedOn its first day
 */
public record TeacherAssignment(
        String college,
        String hostCountry,
        HostKind hostKind,
        AssignmentRole role,
        long teachers,
        long days,
        LocalDate startedOn) {}
