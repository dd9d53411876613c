package org.voyage.demo;

import java.util.List;

/**
 * Standard and its first adoption.
 *
 * @param held from the decision to the end of the last recognition
 */
record StandardAdoption(
        String kind,
        String province,
        String sourceId,
        List<String> developingColleges,
        String country,
        OpenPeriod held) {

    boolean isAtHome() {
        return country.equals("CHN");
    }
}
