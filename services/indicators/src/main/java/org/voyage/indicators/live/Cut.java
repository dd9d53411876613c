package org.voyage.indicators.live;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.intake.FactState;

/** All figures at one moment. Valid only while {@link LiveFigures#read} runs. */
public final class Cut {

    private final Map<String, Tally> tallies;
    private final Map<String, FactTable> tables;
    private final Dictionaries dictionaries;
    private final Positions positions;

    Cut(Map<String, Tally> tallies, Map<String, FactTable> tables, Dictionaries dictionaries, Positions positions) {
        this.tallies = tallies;
        this.tables = tables;
        this.dictionaries = dictionaries;
        this.positions = positions;
    }

    public Tally tally(String indicator) {
        Tally tally = tallies.get(indicator);
        if (tally == null) {
            throw new IllegalArgumentException("no figure " + indicator);
        }
        return tally;
    }

    /** Every figure that is counted, in the order of the codes. */
    public Collection<Tally> tallies() {
        return Collections.unmodifiableCollection(tallies.values());
    }

    /** Shows what each fact gives to a figure. */
    public void contributions(String indicator, Contributions to) {
        Tally tally = tally(indicator);
        FactTable table = tables.get(tally.indicator().record());
        if (table != null) {
            int[] at = tally.room();
            for (Fact fact : table.facts()) {
                tally.each(fact, 1, at, (cell, amount) -> to.cell(fact.key, fact.version, cell, amount));
            }
        }
    }

    /** Shows the facts of a record that are there: the province of each, and what the figures need of it. */
    public void facts(String record, BiConsumer<String, FactState> to) {
        FactTable table = tables.get(record);
        Dictionary provinces = dictionary("province");
        if (table != null) {
            for (Fact fact : table.facts()) {
                FactState state = fact.state;
                if (state != null) {
                    to.accept(provinces.text(fact.province), state);
                }
            }
        }
    }

    /** The keys of the facts of a record that have arrived. */
    public void keys(String record, Consumer<String> to) {
        FactTable table = tables.get(record);
        if (table != null) {
            table.facts().stream().filter(fact -> fact.version > 0).forEach(fact -> to.accept(fact.key));
        }
    }

    public Dictionary dictionary(String field) {
        return dictionaries.of(field);
    }

    public Positions positions() {
        return positions;
    }
}
