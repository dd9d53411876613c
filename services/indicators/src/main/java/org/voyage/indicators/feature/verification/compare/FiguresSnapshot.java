package org.voyage.indicators.feature.verification.compare;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.voyage.indicators.cube.Cube;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.feature.verification.recount.CellKey;
import org.voyage.indicators.live.FigureAggregator;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LogPosition;

/** Snapshot of all live figures at one position. Taking it blocks no other thread. */
public final class FiguresSnapshot {

    private final FiguresView view;
    private final Map<String, FigureAggregator> figures = new TreeMap<>();

    private FiguresSnapshot(FiguresView view) {
        this.view = view;
        view.completeFigures()
                .forEach(aggregator -> figures.put(aggregator.indicator().code(), aggregator));
    }

    public static FiguresSnapshot capture(LiveFigures live) {
        return new FiguresSnapshot(live.freezeView());
    }

    public LogPosition positions() {
        return view.positions();
    }

    /** Returns a view for the queries of the live figures. */
    public FiguresView view() {
        return view;
    }

    public Collection<CountedFigure> indicators() {
        return figures.values().stream().map(FigureAggregator::indicator).toList();
    }

    /** Returns the fields whose codes identify the cells of a figure. */
    public List<String> columnsOf(String code) {
        FigureAggregator figure = requireFigure(code);
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < figure.newCoordinates().length - 1; i++) {
            columns.add(figure.fieldOf(i));
        }
        return columns;
    }

    /** Returns the cells of a figure that do not hold 0. */
    public Map<CellKey, Long> nonZeroCells(String code) {
        Cube cube = requireFigure(code).cube();
        List<CodeDictionary> texts = dictionariesOf(code);
        Map<CellKey, Long> cells = new HashMap<>();
        for (int cell = 0; cell < cube.size(); cell++) {
            if (cube.amountOf(cell) != 0) {
                List<String> codes = new ArrayList<>();
                for (int i = 0; i < texts.size(); i++) {
                    codes.add(texts.get(i).textOf(cube.coordinateOf(cell, i)));
                }
                cells.merge(new CellKey(List.copyOf(codes), cube.timeOf(cell)), cube.amountOf(cell), Long::sum);
            }
        }
        return cells;
    }

    /** Returns the first year in which a cell of a figure does not hold 0. */
    OptionalInt findFirstYear(CountedFigure figure) {
        Cube cube = requireFigure(figure.code()).cube();
        OptionalInt first = IntStream.range(0, cube.size())
                .filter(cell -> cube.amountOf(cell) != 0)
                .map(cube::timeOf)
                .min();
        return figure.isKnownByYearOnly() || first.isEmpty()
                ? first
                : OptionalInt.of(LocalDate.ofEpochDay(first.getAsInt()).getYear());
    }

    /**
     * Returns the number of cells that differ from figures with the same definitions; it ignores figures that only one
     * has.
     */
    public long countDifferences(FiguresSnapshot other) {
        long unlike = 0;
        for (String code : figures.keySet()) {
            if (!other.figures.containsKey(code)) {
                continue;
            }
            Map<CellKey, Long> mine = nonZeroCells(code);
            Map<CellKey, Long> its = other.nonZeroCells(code);
            Set<CellKey> all = new HashSet<>(mine.keySet());
            all.addAll(its.keySet());
            unlike += all.stream()
                    .filter(at -> !mine.getOrDefault(at, 0L).equals(its.getOrDefault(at, 0L)))
                    .count();
        }
        return unlike;
    }

    /**
     * Returns SHA-256 over one line for each cell, {@code figure TAB code TAB … TAB time TAB amount LF}. Figures are in
     * the order of their codes, the lines of a figure in the order of their texts.
     */
    public String computeHash() {
        MessageDigest digest = newSha256();
        for (String code : figures.keySet()) {
            List<String> lines = new ArrayList<>();
            nonZeroCells(code)
                    .forEach((at, amount) -> lines.add(
                            code + "\t" + String.join("\t", at.codes()) + "\t" + at.time() + "\t" + amount + "\n"));
            lines.sort(null);
            lines.forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the code dictionary of each column. */
    private List<CodeDictionary> dictionariesOf(String code) {
        return columnsOf(code).stream().map(view::dictionaryOf).toList();
    }

    private FigureAggregator requireFigure(String code) {
        FigureAggregator figure = figures.get(code);
        if (figure == null) {
            throw new IllegalArgumentException("no figure " + code);
        }
        return figure;
    }
}
