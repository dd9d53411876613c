package org.voyage.indicators.feature.published;

import java.math.BigDecimal;
import java.util.Optional;
import org.voyage.indicators.feature.published.PublishedStatistic.SetVersion;

/** Sample lines of published statistics. */
public final class SampleStatistics {

    private SampleStatistics() {}

    public static PublishedStatistic sampleLine(String set, String figure, String period, String value) {
        return new PublishedStatistic(
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

    public static PublishedStatistic withRelation(
            PublishedStatistic line, String relation, String unit, String derivation) {
        return new PublishedStatistic(
                line.setVersion(),
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

    public static PublishedStatistic withIncrement(PublishedStatistic line, String increment) {
        return new PublishedStatistic(
                line.setVersion(),
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
