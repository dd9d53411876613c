package org.voyage.kit.audit;

import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.StatementPipeline;

/** Who counts single records that could not be read or broke a rule: told of each with its note in the audit trail. */
public interface RefusalListener {

    /**
     * @param year that the record is about; null if it does not say, or could not be read
     * @param trip to the database that notes the refusal
     */
    void countRefusal(String record, Province province, @Nullable Integer year, StatementPipeline trip);
}
