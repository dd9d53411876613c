package org.voyage.demo;

import java.util.List;

/**
 * A standard and where it was first adopted.
 *
 * @param held from the decision to the end of the last recognition
 */
record Adoption(
        String kind, String province, String sourceId, List<String> developingColleges, String country, Slot held) {

    boolean atHome() {
        return country.equals("CHN");
    }
}
