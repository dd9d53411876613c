package org.voyage.indicators.proof;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.Component;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.ListMoment;
import org.voyage.indicators.query.Moment;
import org.voyage.indicators.query.Period;

/** What the service answers on one day, from a copy of the live figures. */
final class Served {

    private final Figures figures;
    private final Cut cut;

    /** @param cut stays valid */
    Served(Figures figures, Clock day, Cut cut) {
        this.figures = figures.on(day).upTo(Integer.MAX_VALUE);
        this.cut = cut;
    }

    List<Cell> values(Question question) {
        List<By> by = by(question.by());
        if (question.byYear()) {
            by.add(new By.Year());
        }
        Period years = new Period.Years(question.first(), question.last());
        return figures.cells(cut, new FigureQuery(question.figure(), by, Map.of(), List.of(), years), Optional.empty());
    }

    /** The values of a counted figure that a derived one is made of; nothing where it is 0. */
    Map<List<String>, BigDecimal> values(Sought counted) {
        int year = counted.span().to().getYear();
        FigureQuery query =
                new FigureQuery(counted.figure(), by(counted.by()), counted.where(), List.of(), new Period.Year(year));
        Moment moment = new Moment(year, counted.span().from(), counted.span().to());
        Map<List<String>, BigDecimal> values = new HashMap<>();
        for (Cell cell : figures.cells(cut, new Component(counted.role(), query, List.of(moment), false))) {
            BigDecimal exact = cell.exact();
            if (exact != null && exact.signum() != 0) {
                values.put(codes(cell, counted.by()), exact);
            }
        }
        return values;
    }

    /** The codes that a value stands at, in the order of what it is split by. */
    static List<String> codes(Cell cell, List<String> by) {
        return by.stream().map(name -> cell.at().getOrDefault(name, "")).toList();
    }

    private static List<By> by(List<String> names) {
        List<By> by = new ArrayList<>();
        for (String name : names) {
            by.add(
                    name.startsWith(Sought.LIST)
                            ? member(name.substring(Sought.LIST.length()))
                            : new By.Dimension(name));
        }
        return by;
    }

    private static By member(String list) {
        int at = list.indexOf('@');
        return new By.Membership(new ListMoment(list.substring(0, at), list.endsWith("@then")));
    }
}
