package org.voyage.feeds.delivery.endpoint;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.http.SigningAlgorithm;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.kit.http.JsonBody;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.input.TextFormat;

/** Reader of the bodies that an alliance sends about its endpoints. */
final class EndpointBodyReader {

    private static final int MAX_URL_LENGTH = 1000;
    private static final int MAX_REPLAYED_EVENTS = 1000;
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);
    private static final CodeSet<SigningAlgorithm> ALGORITHMS =
            CodeSet.of("signature", Arrays.asList(SigningAlgorithm.values()), SigningAlgorithm::wireName);
    private static final TextFormat POSITION = TextFormat.of(
            "feed-position",
            "[1-9][0-9]{0,8}-[0-9]{16}",
            "a position such as 1-0000000000000412",
            "形如 1-0000000000000412 的位置");

    private EndpointBodyReader() {}

    /** Change of an endpoint; null parts stay as they are. */
    record EndpointChange(
            @Nullable String url,
            @Nullable Boolean batch,
            @Nullable Boolean enabled) {}

    /** @param overlap how long the former secrets sign along; null for the default */
    record RotationDraft(
            SigningAlgorithm algorithm, @Nullable Duration overlap) {}

    /** Wanted replay: one of the three. */
    record ReplayDraft(
            List<FeedPosition> events,
            @Nullable FeedPosition from,
            @Nullable FeedPosition to,
            boolean undelivered) {}

    static EndpointDraft readDraft(JsonBody body) {
        FieldReader fields = body.fields();
        String url = fields.readText("url", MAX_URL_LENGTH);
        List<SigningAlgorithm> signing = fields.readCodes("signing", ALGORITHMS, 0, 2);
        boolean batch = fields.readFlag("batch", false);
        FeedPosition after = readPosition(fields, "after");
        fields.requireNoFindings();
        return new EndpointDraft(url, signing.isEmpty() ? List.of(SigningAlgorithm.HMAC) : signing, batch, after);
    }

    static EndpointChange readChange(JsonBody body) {
        FieldReader fields = body.fields();
        EndpointChange change = new EndpointChange(
                fields.readOptionalText("url", MAX_URL_LENGTH),
                fields.hasField("batch") ? fields.readFlag("batch") : null,
                fields.hasField("enabled") ? fields.readFlag("enabled") : null);
        fields.requireNoFindings();
        return change;
    }

    static RotationDraft readRotation(JsonBody body) {
        FieldReader fields = body.fields();
        SigningAlgorithm algorithm = fields.readCode("algorithm", ALGORITHMS);
        String overlap = fields.readOptionalText("overlap", 20);
        Optional<Duration> duration = overlap == null ? Optional.empty() : parseOverlap(overlap);
        if (overlap != null && duration.isEmpty()) {
            fields.refuseField(
                    "overlap",
                    "duration",
                    "Expected a duration of 0 to 30 days, such as PT24H.",
                    "应为 0 至 30 天的时长，例如 PT24H。");
        }
        fields.requireNoFindings();
        return new RotationDraft(algorithm, duration.orElse(null));
    }

    private static Optional<Duration> parseOverlap(String text) {
        try {
            Duration overlap = Duration.parse(text);
            return overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0
                    ? Optional.empty()
                    : Optional.of(overlap);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static ReplayDraft readReplay(JsonBody body) {
        FieldReader fields = body.fields();
        List<FeedPosition> events = fields.readTexts("events", POSITION, 0, MAX_REPLAYED_EVENTS).stream()
                .map(FeedPosition::parse)
                .flatMap(Optional::stream)
                .toList();
        FeedPosition from = readPosition(fields, "from");
        FeedPosition to = readPosition(fields, "to");
        boolean undelivered = fields.readFlag("undelivered", false);
        boolean isRange = from != null && to != null && events.isEmpty() && !undelivered;
        boolean isOther = from == null && to == null && events.isEmpty() == undelivered;
        if (fields.isSound() && !isRange && !isOther) {
            fields.refuseField(
                    "events",
                    "replay-kind",
                    "Expected either events, or from and to, or undelivered.",
                    "应提供 events，或 from 与 to，或 undelivered 三者之一。");
        }
        fields.requireNoFindings();
        return new ReplayDraft(events, from, to, undelivered);
    }

    private static @Nullable FeedPosition readPosition(FieldReader fields, String name) {
        String text = fields.readOptionalText(name, POSITION);
        return text == null ? null : FeedPosition.parse(text).orElse(null);
    }
}
