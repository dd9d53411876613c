package org.voyage.indicators.feature.explanation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.cube.CubeSlice;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.live.ContributionVisitor;
import org.voyage.indicators.live.FigureAggregator;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.OperandQuery;

/**
 * Collector of one page of contributions. It visits each fact's contributions in turn, and sums those that are hidden.
 */
final class ContributionCollector implements ContributionVisitor {

    private final FiguresView view;
    private final OperandQuery operand;
    private final FigureCalculator figures;
    private final boolean isWhole;
    private final CubeSlice slice;
    private final int element;
    private final @Nullable CodeDictionary elements;
    /** Prefix of the keys that the reader may see. */
    private final String visiblePrefix;

    private final ContributionPage.ContributionPageRequest page;
    /** The first contributions so far; the head is the last of them. */
    private final PriorityQueue<FactContribution> pageFacts =
            new PriorityQueue<>(FactContribution.CONTRIBUTION_ORDER.reversed());

    /** The contributions of the current fact, by place. */
    private final Map<Map<String, String>, FactContribution> contributionsOfFact = new LinkedHashMap<>();

    private String currentKey = "";
    private boolean hasMore;
    private int hiddenRecords;
    private long hiddenAmount;
    private final Set<ElementAtPlace> hiddenElements = new HashSet<>();
    private final Set<ElementAtPlace> seenElements = new HashSet<>();

    private record ElementAtPlace(Map<String, String> place, String element) {}

    ContributionCollector(
            FiguresView view,
            OperandQuery counted,
            FigureCalculator figures,
            Optional<String> province,
            ContributionPage.ContributionPageRequest page) {
        this.view = view;
        this.operand = counted;
        this.figures = figures;
        this.isWhole = counted.query().breakdowns().isEmpty();
        this.slice = figures.sliceOf(view, counted);
        FigureAggregator aggregator = view.requireWhole(counted.query().figure().code());
        this.element = aggregator.element();
        this.elements = element < 0 ? null : view.dictionaryOf(aggregator.fieldOf(element));
        this.visiblePrefix = province.map(code -> code + "/").orElse("");
        this.page = page;
    }

    @Override
    public void visitCell(String of, int version, int[] at, long amount) {
        if (!slice.containsCell(at)) {
            return;
        }
        Map<String, String> place = isWhole ? Map.of() : figures.placeOf(view, operand, at);
        if (place.containsValue(CodeDictionary.ABSENT_TEXT)) {
            return;
        }
        if (!of.equals(currentKey)) {
            finishFact();
            currentKey = of;
        }
        FactContribution given =
                contributionsOfFact.computeIfAbsent(place, its -> new FactContribution(of, version, its));
        if (elements == null) {
            given.addAmount(amount);
        } else {
            given.addAmount(elements.textOf(at[element]), amount);
        }
    }

    /** Ends the current fact. */
    private void finishFact() {
        contributionsOfFact.values().removeIf(FactContribution::isEmpty);
        if (!contributionsOfFact.isEmpty() && currentKey.startsWith(visiblePrefix)) {
            contributionsOfFact.values().forEach(this::keepIfOnPage);
        } else if (!contributionsOfFact.isEmpty()) {
            hiddenRecords++;
            contributionsOfFact.values().forEach(this::countHidden);
        }
        contributionsOfFact.clear();
    }

    private void keepIfOnPage(FactContribution given) {
        if (!visiblePrefix.isEmpty()) {
            given.elements().forEach(each -> seenElements.add(new ElementAtPlace(given.place, each)));
        }
        if (page.isExhausted() || !page.startAfter().map(given::isAfter).orElse(true)) {
            return;
        }
        if (pageFacts.size() < page.size()) {
            pageFacts.add(given);
            return;
        }
        hasMore = true;
        if (!pageFacts.isEmpty()
                && FactContribution.CONTRIBUTION_ORDER.compare(given, Objects.requireNonNull(pageFacts.peek())) < 0) {
            pageFacts.remove();
            pageFacts.add(given);
        }
    }

    private void countHidden(FactContribution given) {
        given.elements().forEach(each -> hiddenElements.add(new ElementAtPlace(given.place, each)));
        hiddenAmount += given.elements().isEmpty() ? given.amount() : 0;
    }

    ContributionPage toPage() {
        finishFact();
        List<FactContribution> shown = new ArrayList<>(pageFacts);
        shown.sort(FactContribution.CONTRIBUTION_ORDER);
        hiddenElements.removeAll(seenElements);
        return new ContributionPage(shown, hasMore, hiddenRecords, hiddenAmount + hiddenElements.size());
    }
}
