package org.voyage.kit.audit;

import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.Trip;

/** Who counts single records that could not be read or broke a rule: told of each with its note in the audit trail. */
public interface RefusalCount {

    /**
     * @param year that the record is about; null if it does not say, or could not be read
     * @param trip to the database that notes the refusal
     */
    void count(String record, Province province, @Nullable Integer year, Trip trip);
}
