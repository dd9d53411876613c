package org.voyage.feeds.subscription;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.scope.FeedFilter;

/** Bodies of answers about feeds. */
public final class FeedResponses {

    private FeedResponses() {}

    /**
     * @param start snapshot or now
     * @param head position of the last event
     * @param scan why all records are judged again at the moment; null while they are not
     */
    @Schema(name = "FeedAnswer")
    public record FeedAnswer(
            @Schema(examples = "0k2m9q4tq8b1v7r") String id,
            @Schema(examples = "WFCP") String alliance,
            @Schema(examples = "东盟鲁班工坊") String name,
            FeedFilter filter,
            @Schema(examples = "snapshot") String start,
            boolean kafka,
            Instant createdAt,
            @Schema(examples = "1") int version,
            @Schema(examples = "1-0000000000000412") String head,
            @Schema(examples = "snapshot") @Nullable String scan) {

        static FeedAnswer of(Feed feed) {
            return new FeedAnswer(
                    feed.id(),
                    feed.alliance(),
                    feed.name(),
                    feed.filter(),
                    feed.start(),
                    feed.withKafka(),
                    feed.createdAt(),
                    feed.version(),
                    feed.head().text(),
                    feed.scanCause().orElse(null));
        }
    }

    @Schema(name = "FeedsAnswer")
    public record FeedsAnswer(
            List<FeedAnswer> items,

            @Schema(description = "cursor of the next page; null on the last") @Nullable
            String next) {}

    /** @param fields that are visible, those that a grant opened included */
    @Schema(name = "CatalogueRecord")
    public record CatalogueRecord(
            @Schema(examples = "overseas-school") String record,
            List<String> fields,

            @Schema(description = "fields that a grant could open and none does")
            List<String> closedFields) {}

    @Schema(name = "CatalogueAnswer")
    public record CatalogueAnswer(
            List<CatalogueRecord> records,

            @Schema(description = "conditions that a filter can have")
            List<String> filters,

            @Schema(description = "kinds of events") List<String> kinds,
            @Schema(examples = "20") int maxFeeds,
            @Schema(examples = "30") long retentionDays) {}

    /** @param state visible fields of the record */
    @Schema(name = "PreviewExample")
    public record PreviewExample(
            @Schema(examples = "overseas-school/0k2m9q4tq8b1v7r0k2m9q4tq")
            String record,

            Object state) {}

    @Schema(name = "PreviewAnswer")
    public record PreviewAnswer(
            @Schema(description = "records in scope now, by type")
            Map<String, Long> counts,

            List<PreviewExample> examples) {}

    /** @param position at which the state holds */
    @Schema(name = "SnapshotAnswer")
    public record SnapshotAnswer(
            @Schema(
                    description = "where to go on with events once all pages are read; the same on each page",
                    examples = "1-0000000000000412")
            String position,

            List<PreviewExample> items,

            @Schema(description = "cursor of the next page; null on the last") @Nullable
            String next) {}

    @Schema(name = "CheckpointAnswer")
    public record CheckpointAnswer(
            @Schema(examples = "1-0000000000001000") String id,
            Instant time,

            @Schema(description = "data of the checkpoint event")
            Object data) {}

    @Schema(name = "CheckpointsAnswer")
    public record CheckpointsAnswer(
            List<CheckpointAnswer> items,

            @Schema(description = "cursor of the next page; null on the last") @Nullable
            String next) {}

    /**
     * @param agreesUpTo the last of the sent positions at which both copies are equal; null if none is
     * @param differsFrom the first of the sent positions at which they differ; null if none does
     */
    @Schema(name = "VerificationAnswer")
    public record VerificationAnswer(
            boolean equal,

            @Schema(examples = "1-0000000000000412") @Nullable
            String agreesUpTo,

            @Nullable String differsFrom) {}

    @Schema(name = "FeedStatusAnswer")
    public record FeedStatusAnswer(
            @Schema(examples = "1-0000000000000412") String head,

            @Schema(examples = "1-0000000000000001") @Nullable
            String oldestKept,

            @Schema(description = "time of the change behind the last event") @Nullable
            Instant lastEventAt,

            @Schema(description = "seconds from the last change to its event") @JsonProperty("lagSeconds") @Nullable
            Double lagSeconds,

            @Schema(description = "why all records are judged again at the moment") @Nullable
            String scan,

            @Schema(description = "records that a reader of all events holds now")
            long records) {}
}
