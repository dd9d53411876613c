package org.voyage.indicators.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What somebody outside asks of a figure.
 *
 * @param by what it is split by, as it is asked
 * @param filters per dimension the codes that count
 * @param lists lists on which the country must be, as {@code asean@now}
 * @param also what is wanted besides, as {@code totals=true}
 */
record Question(List<String> by, Map<String, Set<String>> filters, List<String> lists, String also) {

    static final String LIST = "list:";
    static final String MEMBER = "member";

    static Question by(List<String> by) {
        return new Question(by, Map.of(), List.of(), "");
    }

    /** The same, of those alone that have the code, or are on the list, of a name that it could be split by. */
    Question where(String name, Set<String> codes) {
        List<String> narrower = new ArrayList<>(lists);
        Map<String, Set<String>> more = new LinkedHashMap<>(filters);
        if (name.startsWith(LIST)) {
            narrower.add(name.substring(LIST.length()));
        } else {
            more.put(name, codes);
        }
        return new Question(by, more, narrower, also);
    }

    Question splitBy(String name) {
        List<String> more = new ArrayList<>(by);
        more.add(name);
        return new Question(more, filters, lists, also);
    }

    Question with(String other) {
        return new Question(by, filters, lists, other);
    }

    /** Whether what has these codes is asked about. */
    boolean isAbout(Map<String, String> codes) {
        return filters.entrySet().stream()
                        .allMatch(filter -> filter.getValue().contains(codes.getOrDefault(filter.getKey(), "")))
                && lists.stream().allMatch(list -> MEMBER.equals(codes.get(LIST + list)));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        if (!by.isEmpty()) {
            text.append("&by=").append(String.join(",", by));
        }
        filters.forEach((dimension, codes) ->
                text.append('&').append(dimension).append('=').append(String.join(",", codes)));
        if (!lists.isEmpty()) {
            text.append("&list=").append(lists.stream().collect(Collectors.joining(",")));
        }
        return also.isEmpty() ? text.toString() : text + "&" + also;
    }
}
