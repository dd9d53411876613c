package org.voyage.indicators.feature.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Query of an external reader on a figure.
 *
 * @param breakdowns breakdowns as the client writes them
 * @param filters allowed codes per dimension
 * @param lists lists that must contain the country, as {@code asean@now}
 * @param also further parameters, as {@code totals=true}
 */
record AttackQuery(List<String> breakdowns, Map<String, Set<String>> filters, List<String> lists, String also) {

    static final String LIST_PREFIX = "list:";
    static final String MEMBER_CODE = "member";

    static AttackQuery splitByAll(List<String> by) {
        return new AttackQuery(by, Map.of(), List.of(), "");
    }

    /** Returns the query with a filter on a dimension or list of a possible breakdown. */
    AttackQuery withFilter(String name, Set<String> codes) {
        List<String> narrower = new ArrayList<>(lists);
        Map<String, Set<String>> more = new LinkedHashMap<>(filters);
        if (name.startsWith(LIST_PREFIX)) {
            narrower.add(name.substring(LIST_PREFIX.length()));
        } else {
            more.put(name, codes);
        }
        return new AttackQuery(breakdowns, more, narrower, also);
    }

    AttackQuery withSplit(String name) {
        List<String> more = new ArrayList<>(breakdowns);
        more.add(name);
        return new AttackQuery(more, filters, lists, also);
    }

    AttackQuery withParameters(String other) {
        return new AttackQuery(breakdowns, filters, lists, other);
    }

    /** Returns whether the filters match these codes. */
    boolean matchesCodes(Map<String, String> codes) {
        return filters.entrySet().stream()
                        .allMatch(filter -> filter.getValue().contains(codes.getOrDefault(filter.getKey(), "")))
                && lists.stream().allMatch(list -> MEMBER_CODE.equals(codes.get(LIST_PREFIX + list)));
    }

    String toQueryString() {
        StringBuilder text = new StringBuilder();
        if (!breakdowns.isEmpty()) {
            text.append("&by=").append(String.join(",", breakdowns));
        }
        filters.forEach((dimension, codes) ->
                text.append('&').append(dimension).append('=').append(String.join(",", codes)));
        if (!lists.isEmpty()) {
            text.append("&list=").append(lists.stream().collect(Collectors.joining(",")));
        }
        return also.isEmpty() ? text.toString() : text + "&" + also;
    }
}
