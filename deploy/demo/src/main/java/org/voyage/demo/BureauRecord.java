package org.voyage.demo;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.Map;

/** Record as a bureau sends it. */
@JsonDeserialize(as = RecordRow.class)
interface BureauRecord {

    DemoRecordType type();

    /** Returns the two-digit code of the bureau that owns the record. */
    String province();

    /** Returns the bureau's own key, unique within province and type. */
    String sourceId();

    /** Returns the fields on the wire, in the order of the contract, without absent ones. */
    Map<String, Object> fields();
}
