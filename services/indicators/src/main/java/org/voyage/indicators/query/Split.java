package org.voyage.indicators.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.Scan.DatedGroup;
import org.voyage.indicators.live.Scan.Group;
import org.voyage.indicators.live.Tally;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.MemberList;
import org.voyage.indicators.reference.Reference;

/** A question's filters and splits turned into groups of numbers, and numbers back into codes. */
final class Split {

    static final String MEMBER = "member";
    static final String NON_MEMBER = "non-member";

    private static final String PROVINCE = "province";

    private final Reference reference;
    private final Cut cut;
    private final Tally tally;
    private final int today;
    /** By column: which codes count. */
    private final Map<Integer, boolean[]> allowed = new LinkedHashMap<>();

    private final List<Group> groups = new ArrayList<>();
    private final List<DatedGroup> dated = new ArrayList<>();
    private final List<Decoder> groupCodes = new ArrayList<>();
    private final List<Decoder> datedCodes = new ArrayList<>();

    /** @param codes by group number; empty for a mere filter */
    private record Decoder(String name, List<String> codes, int size) {}

    Split(Reference reference, Cut cut, Tally tally, FigureQuery query, Optional<String> province, int today) {
        this.reference = reference;
        this.cut = cut;
        this.tally = tally;
        this.today = today;
        query.filters().forEach((dimension, codes) -> allow(dimension, codes));
        if (province.isPresent() && query.byNames().contains(PROVINCE)) {
            allow(PROVINCE, Set.of(province.get()));
        }
        for (ListMoment list : query.lists()) {
            filter(list);
        }
        for (By by : query.by()) {
            switch (by) {
                case By.Year _ -> {}
                case By.Dimension dimension ->
                    group(dimension.name(), column(dimension.name()), code(dimension.name()));
                case By.Membership membership -> group(membership);
            }
        }
        allowed.forEach((column, codes) -> {
            int[] numbers = new int[codes.length];
            Arrays.setAll(numbers, i -> codes[i] ? 0 : -1);
            groups.add(new Group(column, numbers, 1));
            groupCodes.add(new Decoder("", List.of(), 1));
        });
    }

    List<Group> groups() {
        return groups;
    }

    List<DatedGroup> dated() {
        return dated;
    }

    /** The codes of a group, by the names they were asked for. */
    Map<String, String> decode(long key) {
        Map<String, String> codes = new HashMap<>();
        long rest = key;
        for (List<Decoder> decoders : List.of(datedCodes.reversed(), groupCodes.reversed())) {
            for (Decoder decoder : decoders) {
                int number = (int) (rest % decoder.size());
                rest /= decoder.size();
                if (!decoder.codes().isEmpty()) {
                    codes.put(decoder.name(), decoder.codes().get(number));
                }
            }
        }
        return codes;
    }

    private int column(String dimension) {
        return Geography.DERIVED.contains(dimension) ? tally.country() : tally.column(dimension);
    }

    private int column(MemberList list) {
        return list.ofColleges() ? tally.column(MemberList.COLLEGE) : tally.country();
    }

    private UnaryOperator<String> code(String dimension) {
        return Geography.DERIVED.contains(dimension)
                ? country -> reference.geography().of(dimension, country)
                : UnaryOperator.identity();
    }

    private Dictionary dictionary(int column) {
        return cut.dictionary(tally.field(column));
    }

    private void allow(String dimension, Set<String> codes) {
        if (tally.indicator().isNumber(dimension)) {
            List<NumberRange> ranges = codes.stream()
                    .map(code -> NumberRange.read(dimension, code))
                    .toList();
            narrow(column(dimension), text -> ranges.stream().anyMatch(range -> range.holds(text)));
            return;
        }
        UnaryOperator<String> code = code(dimension);
        narrow(column(dimension), text -> codes.contains(code.apply(text)));
    }

    private interface Test {
        boolean holds(String code);
    }

    private void narrow(int column, Test test) {
        Dictionary dictionary = dictionary(column);
        boolean[] codes = allowed.computeIfAbsent(column, key -> {
            boolean[] all = new boolean[dictionary.size()];
            Arrays.fill(all, true);
            return all;
        });
        for (int i = 0; i < codes.length; i++) {
            codes[i] &= test.holds(dictionary.text(i));
        }
    }

    private void filter(ListMoment moment) {
        MemberList list = list(moment);
        int column = column(list);
        if (!moment.then()) {
            narrow(column, member -> moment.means(list.isMember(member, today)));
            return;
        }
        Dictionary members = dictionary(column);
        dated.add(new DatedGroup(
                column, 1, (code, day) -> moment.means(list.isMember(members.text(code), day)) ? 0 : -1));
        datedCodes.add(new Decoder("", List.of(), 1));
    }

    private void group(By.Membership membership) {
        MemberList list = list(membership.list());
        int column = column(list);
        if (!membership.list().then()) {
            group(membership.name(), column, member -> list.isMember(member, today) ? MEMBER : NON_MEMBER);
            return;
        }
        Dictionary members = dictionary(column);
        dated.add(new DatedGroup(column, 2, (code, day) -> list.isMember(members.text(code), day) ? 0 : 1));
        datedCodes.add(new Decoder(membership.name(), List.of(MEMBER, NON_MEMBER), 2));
    }

    private void group(String name, int column, UnaryOperator<String> code) {
        Dictionary dictionary = dictionary(column);
        Map<String, Integer> numbers = new LinkedHashMap<>();
        int[] groupOf = new int[dictionary.size()];
        for (int i = 0; i < groupOf.length; i++) {
            groupOf[i] = number(numbers, code.apply(dictionary.text(i)));
        }
        groups.add(new Group(column, groupOf, numbers.size()));
        groupCodes.add(new Decoder(name, List.copyOf(numbers.keySet()), numbers.size()));
    }

    private static int number(Map<String, Integer> numbers, String code) {
        Integer number = numbers.putIfAbsent(code, numbers.size());
        return number == null ? numbers.size() - 1 : number;
    }

    private MemberList list(ListMoment moment) {
        return reference
                .list(moment.list())
                .orElseThrow(() -> new IllegalArgumentException("no list " + moment.list()));
    }
}
