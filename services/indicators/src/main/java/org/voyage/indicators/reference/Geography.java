package org.voyage.indicators.reference;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What follows from a country: its region and sub-region. */
public final class Geography {

    /** The value of a country that the reference does not know, and of facts without a country. */
    public static final String UNKNOWN = "unknown";

    public static final String REGION = "region";
    public static final String SUB_REGION = "subRegion";

    /** Dimensions that no record has: they follow from its country. */
    public static final Set<String> DERIVED = Set.of(REGION, SUB_REGION);

    private final List<String> countryFields;
    private final Set<String> countryLists;
    private final Map<String, Place> places;

    record Place(String region, String subRegion) {}

    Geography(List<String> countryFields, Set<String> countryLists, Map<String, Place> places) {
        this.countryFields = List.copyOf(countryFields);
        this.countryLists = Set.copyOf(countryLists);
        this.places = Map.copyOf(places);
    }

    /** The first of these fields that holds a country. */
    public Optional<String> countryField(List<String> fields) {
        return countryFields.stream().filter(fields::contains).findFirst();
    }

    /** Whether the members of this list are countries. */
    public boolean isCountryList(String list) {
        return countryLists.contains(list);
    }

    /** @param derived one of {@link #DERIVED} */
    public String of(String derived, String country) {
        Place place = places.get(country);
        if (place == null) {
            return UNKNOWN;
        }
        return derived.equals(REGION) ? place.region() : place.subRegion();
    }
}
