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
import org.voyage.indicators.cube.CubeScan.CodeGroup;
import org.voyage.indicators.cube.CubeScan.DatedCodeGroup;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.live.FigureAggregator;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.MembershipList;
import org.voyage.indicators.reference.ReferenceData;

/**
 * Plan of a query's breakdowns and filters: it converts codes to group numbers for the scan, and group numbers back to
 * codes.
 */
final class BreakdownPlan {

    static final String MEMBER_CODE = "member";
    static final String NON_MEMBER_CODE = "non-member";

    private static final String PROVINCE_DIMENSION = "province";

    private final ReferenceData reference;
    private final FiguresView view;
    private final FigureAggregator aggregator;
    private final int today;
    /** Allowed codes by column. */
    private final Map<Integer, boolean[]> allowedCodes = new LinkedHashMap<>();

    private final List<CodeGroup> groups = new ArrayList<>();
    private final List<DatedCodeGroup> datedGroups = new ArrayList<>();
    private final List<GroupDecoder> groupCodes = new ArrayList<>();
    private final List<GroupDecoder> datedCodes = new ArrayList<>();

    /** @param codes codes by group number; empty for a mere filter */
    private record GroupDecoder(String name, List<String> codes, int size) {}

    BreakdownPlan(
            ReferenceData reference,
            FiguresView view,
            FigureAggregator aggregator,
            FigureQuery query,
            Optional<String> province,
            int today) {
        this.reference = reference;
        this.view = view;
        this.aggregator = aggregator;
        this.today = today;
        query.filters().forEach((dimension, codes) -> allowCodes(dimension, codes));
        if (province.isPresent() && query.breakdownNames().contains(PROVINCE_DIMENSION)) {
            allowCodes(PROVINCE_DIMENSION, Set.of(province.get()));
        }
        for (ListCriterion list : query.listFilters()) {
            addListFilter(list);
        }
        for (Breakdown breakdown : query.breakdowns()) {
            switch (breakdown) {
                case Breakdown.YearBreakdown _ -> {}
                case Breakdown.DimensionBreakdown dimension ->
                    addGroup(dimension.name(), columnOf(dimension.name()), codeMapping(dimension.name()));
                case Breakdown.MembershipBreakdown membership -> addGroup(membership);
            }
        }
        allowedCodes.forEach((column, codes) -> {
            int[] numbers = new int[codes.length];
            Arrays.setAll(numbers, i -> codes[i] ? 0 : -1);
            groups.add(new CodeGroup(column, numbers, 1));
            groupCodes.add(new GroupDecoder("", List.of(), 1));
        });
    }

    List<CodeGroup> groups() {
        return groups;
    }

    List<DatedCodeGroup> datedGroups() {
        return datedGroups;
    }

    /** Returns the codes of a group, by the names in the query. */
    Map<String, String> decodeGroup(long key) {
        Map<String, String> codes = new HashMap<>();
        long rest = key;
        for (List<GroupDecoder> decoders : List.of(datedCodes.reversed(), groupCodes.reversed())) {
            for (GroupDecoder decoder : decoders) {
                int number = (int) (rest % decoder.size());
                rest /= decoder.size();
                if (!decoder.codes().isEmpty()) {
                    codes.put(decoder.name(), decoder.codes().get(number));
                }
            }
        }
        return codes;
    }

    private int columnOf(String dimension) {
        return Geography.DERIVED_DIMENSIONS.contains(dimension) ? aggregator.country() : aggregator.columnOf(dimension);
    }

    private int columnOf(MembershipList list) {
        return list.ofColleges() ? aggregator.columnOf(MembershipList.COLLEGE_DIMENSION) : aggregator.country();
    }

    private UnaryOperator<String> codeMapping(String dimension) {
        return Geography.DERIVED_DIMENSIONS.contains(dimension)
                ? country -> reference.geography().regionOf(dimension, country)
                : UnaryOperator.identity();
    }

    private CodeDictionary dictionaryOf(int column) {
        return view.dictionaryOf(aggregator.fieldOf(column));
    }

    private void allowCodes(String dimension, Set<String> codes) {
        if (aggregator.indicator().isNumeric(dimension)) {
            List<NumberRange> ranges = codes.stream()
                    .map(code -> NumberRange.parse(dimension, code))
                    .toList();
            narrowColumn(columnOf(dimension), text -> ranges.stream().anyMatch(range -> range.containsCode(text)));
            return;
        }
        UnaryOperator<String> code = codeMapping(dimension);
        narrowColumn(columnOf(dimension), text -> codes.contains(code.apply(text)));
    }

    private interface CodeCondition {
        boolean isAllowed(String code);
    }

    private void narrowColumn(int column, CodeCondition test) {
        CodeDictionary dictionary = dictionaryOf(column);
        boolean[] codes = allowedCodes.computeIfAbsent(column, key -> {
            boolean[] all = new boolean[dictionary.size()];
            Arrays.fill(all, true);
            return all;
        });
        for (int i = 0; i < codes.length; i++) {
            codes[i] &= test.isAllowed(dictionary.textOf(i));
        }
    }

    private void addListFilter(ListCriterion moment) {
        MembershipList list = requireList(moment);
        int column = columnOf(list);
        if (!moment.isAsThen()) {
            narrowColumn(column, member -> moment.matchesMember(list.isMember(member, today)));
            return;
        }
        CodeDictionary members = dictionaryOf(column);
        datedGroups.add(new DatedCodeGroup(
                column, 1, (code, day) -> moment.matchesMember(list.isMember(members.textOf(code), day)) ? 0 : -1));
        datedCodes.add(new GroupDecoder("", List.of(), 1));
    }

    private void addGroup(Breakdown.MembershipBreakdown membership) {
        MembershipList list = requireList(membership.criterion());
        int column = columnOf(list);
        if (!membership.criterion().isAsThen()) {
            addGroup(membership.name(), column, member -> list.isMember(member, today) ? MEMBER_CODE : NON_MEMBER_CODE);
            return;
        }
        CodeDictionary members = dictionaryOf(column);
        datedGroups.add(new DatedCodeGroup(column, 2, (code, day) -> list.isMember(members.textOf(code), day) ? 0 : 1));
        datedCodes.add(new GroupDecoder(membership.name(), List.of(MEMBER_CODE, NON_MEMBER_CODE), 2));
    }

    private void addGroup(String name, int column, UnaryOperator<String> code) {
        CodeDictionary dictionary = dictionaryOf(column);
        Map<String, Integer> numbers = new LinkedHashMap<>();
        int[] groupOf = new int[dictionary.size()];
        for (int i = 0; i < groupOf.length; i++) {
            groupOf[i] = numberOf(numbers, code.apply(dictionary.textOf(i)));
        }
        groups.add(new CodeGroup(column, groupOf, numbers.size()));
        groupCodes.add(new GroupDecoder(name, List.copyOf(numbers.keySet()), numbers.size()));
    }

    private static int numberOf(Map<String, Integer> numbers, String code) {
        Integer number = numbers.putIfAbsent(code, numbers.size());
        return number == null ? numbers.size() - 1 : number;
    }

    private MembershipList requireList(ListCriterion moment) {
        return reference
                .findList(moment.list())
                .orElseThrow(() -> new IllegalArgumentException("no list " + moment.list()));
    }
}
