package org.voyage.indicators.reference;

import java.util.List;
import java.util.Map;

/** A list of countries, each a member from one day to another (Italy left the Belt and Road in December 2023). */
public final class CountryList {

    private final String code;
    private final Map<String, List<Membership>> members;

    /** @param until first day on which it is no longer a member, {@link Integer#MAX_VALUE} while it is one */
    record Membership(int from, int until) {}

    CountryList(String code, Map<String, List<Membership>> members) {
        this.code = code;
        this.members = Map.copyOf(members);
    }

    public String code() {
        return code;
    }

    /** @param day days since 1970-01-01 */
    public boolean isMember(String country, int day) {
        for (Membership membership : members.getOrDefault(country, List.of())) {
            if (membership.from() <= day && day < membership.until()) {
                return true;
            }
        }
        return false;
    }
}
