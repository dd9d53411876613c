package org.voyage.demo;

import java.util.Map;

/** One record as a bureau sends it. */
sealed interface BureauRecord permits OverseasSchool, SchoolHeadcount, SchoolTraining, RecordRow {

    RecordType type();

    /** Two-digit code of the bureau that owns the record. */
    String province();

    /** The bureau's own key, unique within province and type. */
    String sourceId();

    /** The fields on the wire, in the order of the contract; absent ones left out. */
    Map<String, Object> fields();
}
