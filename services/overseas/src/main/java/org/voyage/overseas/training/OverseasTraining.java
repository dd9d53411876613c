package org.voyage.overseas.training;

import java.time.LocalDate;

/**
 * Training that a school gave to an enterprise's staff.
 *
 * @param school the school's sourceId, in the same province
 * @param people trained, 1 or more
 * @param days it took, 1 or more; people times days are person-days
 * @param startedOn its first day
 */
public record OverseasTraining(String school, String enterprise, long people, long days, LocalDate startedOn) {

    /** The same at another school. */
    OverseasTraining withSchool(String other) {
        return new OverseasTraining(other, enterprise, people, days, startedOn);
    }
}
