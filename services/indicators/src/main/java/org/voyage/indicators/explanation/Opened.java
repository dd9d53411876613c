package org.voyage.indicators.explanation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.asof.KnownFigures;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.Joined;
import org.voyage.indicators.live.Positions;
import org.voyage.indicators.query.Component;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;

/**
 * A value and the facts behind it, of which one page is shown.
 *
 * @param positions how far the log was read that the facts come from
 * @param behind the counted figures that the value is made of
 * @param shown component by component, each in the order of its facts
 * @param more whether others follow
 */
record Opened(@Nullable BigDecimal value, Positions positions, List<Facts> behind, List<Shown> shown, boolean more) {

    /** What one fact of a record gives to one component, and the records that it belongs to. */
    record Shown(int component, Given given, String record, List<Joined> joined) {}

    /**
     * Where a page begins.
     *
     * @param component the one of the last fact of the page before
     * @param last where that fact stands
     */
    record After(int component, Given.Order last) {}

    /**
     * What is asked.
     *
     * @param figures answers on the day and by the lists of the moment that is asked about
     * @param province the only one whose facts the reader may see; empty when all
     * @param after empty for the first page
     * @param size how many facts a page has at most
     */
    record Question(FigureQuery query, Figures figures, Optional<String> province, Optional<After> after, int size) {

        Opened in(Cut cut) {
            List<Facts> behind = new ArrayList<>();
            List<Shown> shown = new ArrayList<>();
            boolean more = false;
            for (Component counted : figures.behind(query)) {
                Behind facts =
                        Behind.of(cut, counted, figures, province, page(behind.size(), size - shown.size(), more));
                for (Given given : facts.shown()) {
                    shown.add(shown(cut, behind.size(), counted, given));
                }
                more |= facts.more();
                behind.add(new Facts(
                        counted,
                        counted.query().by().isEmpty()
                                ? figures.cells(cut, counted).getFirst().exact()
                                : null,
                        facts));
            }
            return new Opened(
                    new Asking(figures, query).value(cut),
                    cut.positions().of(KnownFigures.topics(query.indicator())),
                    behind,
                    shown,
                    more);
        }

        private Behind.Page page(int component, int room, boolean more) {
            int begin = after.map(After::component).orElse(0);
            return more || component < begin
                    ? Behind.Page.OVER
                    : new Behind.Page(after.filter(_ -> component == begin).map(After::last), room);
        }

        private static Shown shown(Cut cut, int component, Component counted, Given given) {
            Figure its = counted.query().indicator();
            return new Shown(component, given, its.records().getFirst(), cut.joined(its.code(), given.key));
        }
    }
}
