package org.voyage.indicators.live;

import java.util.Map;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.Dictionary;

/** All figures at one moment. Valid only while {@link LiveFigures#read} runs. */
public final class Cut {

    private final Map<String, Tally> tallies;
    private final Dictionaries dictionaries;
    private final Positions positions;

    Cut(Map<String, Tally> tallies, Dictionaries dictionaries, Positions positions) {
        this.tallies = tallies;
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

    public Dictionary dictionary(String field) {
        return dictionaries.of(field);
    }

    public Positions positions() {
        return positions;
    }
}
