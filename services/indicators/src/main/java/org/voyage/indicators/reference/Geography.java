package org.voyage.indicators.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Geography: the region and sub-region of each country.
 *
 * @param countryFields fields that hold a country
 * @param countryLists lists whose members are countries
 */
public record Geography(List<String> countryFields, Set<String> countryLists, Map<String, CountryRegion> places) {

    /** Fields that hold a country. If several dimensions of a figure hold one, the first of these decides. */
    public static final List<String> COUNTRY_FIELDS =
            List.of("hostCountry", "nationality", "country", "partnerCountry");

    /** Region of an unknown country, and of facts without a country. */
    public static final String UNKNOWN_REGION = "unknown";

    public static final String REGION = "region";
    public static final String SUB_REGION = "subRegion";

    /** Dimensions that no record has: they follow from the record's country. */
    public static final Set<String> DERIVED_DIMENSIONS = Set.of(REGION, SUB_REGION);

    private static final String SEPARATOR = ",";

    /** Regions of a country. */
    public record CountryRegion(String region, String subRegion) {}

    public Geography {
        countryFields = List.copyOf(countryFields);
        countryLists = Set.copyOf(countryLists);
        places = Map.copyOf(places);
    }

    /** Returns the first of these fields that holds a country. */
    public Optional<String> findCountryField(List<String> fields) {
        return countryFields.stream().filter(fields::contains).findFirst();
    }

    /** Returns whether the members of this list are countries. */
    public boolean isCountryList(String list) {
        return countryLists.contains(list);
    }

    /** @param derived one of {@link #DERIVED_DIMENSIONS} */
    public String regionOf(String derived, String country) {
        CountryRegion place = places.get(country);
        if (place == null) {
            return UNKNOWN_REGION;
        }
        return derived.equals(REGION) ? place.region() : place.subRegion();
    }

    /** Formats one country per line: country, region, sub-region. */
    public String formatPlaces() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(places)
                .forEach((country, place) -> text.append(
                                String.join(SEPARATOR, country, place.region(), place.subRegion()))
                        .append('\n'));
        return text.toString();
    }

    /** Returns a copy with the countries of such a {@link #formatPlaces()}. */
    public Geography withPlaces(String text) {
        Map<String, CountryRegion> others = new HashMap<>();
        text.lines().forEach(line -> {
            String[] parts = line.split(SEPARATOR, -1);
            others.put(parts[0], new CountryRegion(parts[1], parts[2]));
        });
        return new Geography(countryFields, countryLists, others);
    }
}
