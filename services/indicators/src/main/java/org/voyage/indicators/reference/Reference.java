package org.voyage.indicators.reference;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Everything that figures need to know about the world besides the records. */
public final class Reference {

    private final Map<String, CodeList> codeLists;
    private final Map<String, CountryList> countryLists;
    private final Geography geography;

    Reference(Map<String, CodeList> codeLists, Map<String, CountryList> countryLists, Geography geography) {
        this.codeLists = Map.copyOf(codeLists);
        this.countryLists = Map.copyOf(countryLists);
        this.geography = geography;
    }

    /**
     * The closed code list of a dimension; empty when the dimension takes any code.
     *
     * @param records where the dimension is looked for: two records may use one word for different codes
     */
    public Optional<CodeList> codes(List<String> records, String dimension) {
        return records.stream()
                .map(record -> codeLists.get(record + "." + dimension))
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> Optional.ofNullable(codeLists.get(dimension)));
    }

    public Optional<CountryList> countryList(String code) {
        return Optional.ofNullable(countryLists.get(code));
    }

    public Collection<CountryList> countryLists() {
        return countryLists.values();
    }

    public Geography geography() {
        return geography;
    }
}
