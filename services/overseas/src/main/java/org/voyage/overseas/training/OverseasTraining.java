package org.voyage.overseas.training;

import java.time.LocalDate;

/**
 * Record of one training that a school gave to an enterprise's staff.
 *
 * @param school the school's sourceId, in the same province
 * @param people number of trained people, 1 or more
 * @param days length in days, 1 or more; people times days are person-days
 * @param startedOn first day
 */
public record OverseasTraining(String school, String enterprise, long people, long days, LocalDate startedOn) {

    /** Returns this training with another school. */
    OverseasTraining withSchool(String other) {
        return new OverseasTraining(other, enterprise, people, days, startedOn);
    }
}
