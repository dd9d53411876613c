package org.voyage.mobility.assignment;

import java.time.LocalDate;

/**
 * Record of one teacher assignment: teachers of one college sent abroad together.
 *
 * @param hostCountry ISO 3166-1 alpha-3
 * @param teachers 1 or more
 * @param days length in days, 1 or more; teachers times days are person-days
 * @param startedOn first day
 */
public record TeacherAssignment(
        String college,
        String hostCountry,
        HostKind hostKind,
        AssignmentRole role,
        long teachers,
        long days,
        LocalDate startedOn) {}
