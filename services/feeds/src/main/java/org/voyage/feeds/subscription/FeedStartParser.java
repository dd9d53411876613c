package org.voyage.feeds.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.voyage.feeds.assigner.AssignerConfig;
import org.voyage.feeds.assigner.ScanCause;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.reference.InstantFormat;

/** Parser of the start of a feed: {@code snapshot}, {@code now}, or a moment from which the changes are kept. */
@ApplicationScoped
class FeedStartParser {

    private final FeedStore feeds;
    private final AssignerConfig config;
    private final Clock clock;

    FeedStartParser(FeedStore feeds, AssignerConfig config, Clock clock) {
        this.feeds = feeds;
        this.config = config;
        this.clock = clock;
    }

    /** Returns the start as it is stored, a moment in UTC; adds a finding for any other text. */
    String parseStart(String start, List<Finding> findings) {
        if (start.equals(ScanCause.FROM_SNAPSHOT) || start.equals(ScanCause.FROM_NOW)) {
            return start;
        }
        Instant moment;
        try {
            moment = OffsetDateTime.parse(start).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeParseException e) {
            findings.add(Finding.field(
                    "start",
                    "feed-start",
                    "A feed starts with \"snapshot\", \"now\", or a time like 2026-11-24T10:00:00+08:00.",
                    "起点应为 snapshot、now，或形如 2026-11-24T10:00:00+08:00 的时间。"));
            return ScanCause.FROM_SNAPSHOT;
        }
        Instant now = clock.instant();
        Instant earliest = feeds.readEarliestStart(now.minus(config.retention()));
        if (moment.isBefore(earliest) || moment.isAfter(now)) {
            String from = InstantFormat.formatInstant(earliest);
            findings.add(Finding.field(
                    "start",
                    "feed-start-range",
                    "The changes are kept from " + from + " on; a start lies between that time and now.",
                    "变更记录自 " + from + " 起保留，起点应在该时间与当前时间之间。"));
        }
        return InstantFormat.formatInstant(moment);
    }
}
