package org.voyage.indicators.reference;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Everything that figures need to know about the world besides the records. */
public final class ReferenceData {

    private final Map<String, CodeList> codeLists;
    private final Map<String, MembershipList> lists;
    private final Geography geography;

    ReferenceData(Map<String, CodeList> codeLists, Map<String, MembershipList> lists, Geography geography) {
        this.codeLists = Map.copyOf(codeLists);
        this.lists = Map.copyOf(lists);
        this.geography = geography;
    }

    /**
     * The closed code list of a dimension; empty when the dimension takes any code.
     *
     * @param records where the dimension is looked for: two records may use one word for different codes
     */
    public Optional<CodeList> findCodes(List<String> records, String dimension) {
        return records.stream()
                .map(record -> codeLists.get(record + "." + dimension))
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> Optional.ofNullable(codeLists.get(dimension)));
    }

    public Optional<MembershipList> findList(String code) {
        return Optional.ofNullable(lists.get(code));
    }

    public Collection<MembershipList> lists() {
        return lists.values();
    }

    public List<String> listCodes() {
        return lists.values().stream().map(MembershipList::code).toList();
    }

    /** The same with other members of some of its lists, and other regions of countries. */
    public ReferenceData withLists(Collection<MembershipList> others, Geography regions) {
        Map<String, MembershipList> all = new HashMap<>(lists);
        others.forEach(list -> all.put(list.code(), list));
        return new ReferenceData(codeLists, all, regions);
    }

    public Geography geography() {
        return geography;
    }
}
