package org.voyage.indicators.published;

import java.math.BigDecimal;
import java.util.Optional;
import org.voyage.indicators.published.PublishedLine.SetVersion;

/** Makes lines as somebody could have published them. */
public final class PublishedLines {

    private PublishedLines() {}

    public static PublishedLine line(String set, String figure, String period, String value) {
        return new PublishedLine(
                new SetVersion(set, 1),
                figure,
                period,
                new BigDecimal(value),
                Optional.empty(),
                "things",
                "=",
                "standards",
                "",
                "test",
                Optional.empty(),
                Optional.empty(),
                "");
    }

    public static PublishedLine related(PublishedLine line, String relation, String unit, String derivation) {
        return new PublishedLine(
                line.of(),
                line.figure(),
                line.period(),
                line.value(),
                line.increment(),
                unit,
                relation,
                line.service(),
                derivation,
                line.source(),
                line.publishedOn(),
                line.indicator(),
                line.slice());
    }

    public static PublishedLine increased(PublishedLine line, String increment) {
        return new PublishedLine(
                line.of(),
                line.figure(),
                line.period(),
                line.value(),
                Optional.of(new BigDecimal(increment)),
                line.unit(),
                line.relation(),
                line.service(),
                line.derivation(),
                line.source(),
                line.publishedOn(),
                line.indicator(),
                line.slice());
    }
}
