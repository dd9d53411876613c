package org.voyage.feeds.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.scope.FeedFilter;
import org.voyage.feeds.scope.GrantState;

/** Bodies of requests and answers about feeds. */
public final class FeedResponses {

    private FeedResponses() {}

    /**
     * @param start snapshot, now, or a time
     * @param head position of the last event
     * @param scan why all records are judged again at the moment; null while they are not
     */
    @Schema(name = "FeedAnswer")
    public record FeedAnswer(
            @Schema(description = "id of the feed / 订阅编号", examples = "0k2m9q4tq8b1v7r")
            String id,

            @Schema(description = "code of the alliance / 联盟代码", examples = "WFCP")
            String alliance,

            @Schema(description = "name that people read / 订阅名称", examples = "东盟鲁班工坊")
            String name,

            @Schema(description = "conditions of the feed / 筛选条件")
            FeedFilter filter,

            @Schema(description = "snapshot, now, or a time / 起点：snapshot、now 或某一时间", examples = "snapshot")
            String start,

            @Schema(description = "true: events go to a Kafka topic too / 是否同时写入 Kafka 主题")
            boolean kafka,

            @Schema(description = "when the feed was created / 建立时间")
            Instant createdAt,

            @Schema(description = "number for If-Match / 版本号，用于 If-Match", examples = "1")
            int version,

            @Schema(description = "position of the last event / 末尾事件的位置", examples = "1-0000000000000412")
            String head,

            @Schema(
                    description =
                            "cause of a check of all records, or replay; from when it is due until its events can be read, then null / 全量核定范围的原因，回放历史时为 replay；自应核定时起至其事件可读时止，其余为 null",
                    examples = "snapshot")
            @Nullable
            String scan) {

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

            @Schema(description = "cursor of the next page; null on the last / 下一页游标，末页为 null") @Nullable
            String next) {}

    /** @param openFields that are visible, those that a grant opened included */
    @Schema(name = "CatalogueRecord")
    public record CatalogueRecord(
            @Schema(description = "type of record / 记录类型", examples = "overseas-school")
            String record,

            @Schema(description = "visible fields / 可见字段") List<String> openFields,

            @Schema(description = "fields on grant that no grant in force opens / 须经授权、尚未开放的字段")
            List<String> closedFields) {}

    @Schema(name = "CatalogueAnswer")
    public record CatalogueAnswer(
            @Schema(description = "records that the grants in force open / 现行授权开放的记录")
            List<CatalogueRecord> records,

            @Schema(description = "conditions of a filter / 可用的筛选条件")
            List<String> filters,

            @Schema(description = "kinds of events / 事件种类") List<String> kinds,

            @Schema(description = "maximum number of feeds of an alliance / 每个联盟的订阅数上限", examples = "20")
            int maxFeeds,

            @Schema(description = "days for which events are kept / 事件保留天数", examples = "30")
            long retentionDays,

            @Schema(
                    description =
                            "events of figures, when a grant in force opens them; else null / 统计指标变更事件的主题，授权未开放时为 null")
            @Nullable
            FigureTopicAnswer figureTopic) {}

    /** Where the events of figures are on Kafka. */
    @Schema(name = "FigureTopicAnswer")
    public record FigureTopicAnswer(
            @Schema(description = "name of the topic / 主题名称", examples = "indicators.indicator")
            String topic,

            @Schema(
                    description = "bootstrap servers, with SASL and the token of the alliance / 接入地址，以联盟令牌通过 SASL 认证",
                    examples = "localhost:8093")
            String servers,

            @Schema(description = "how the names of consumer groups begin / 消费组名称的前缀", examples = "feeds.WFCP.")
            String groupPrefix) {}

    /** @param state visible fields of the record */
    @Schema(name = "PreviewExample")
    public record PreviewExample(
            @Schema(
                    description = "name of the record in feeds / 记录在订阅中的名称",
                    examples = "overseas-school/0k2m9q4tq8b1v7r0k2m9q4tq")
            String record,

            @Schema(description = "visible fields of the record / 记录的可见字段")
            Object state) {}

    @Schema(name = "PreviewAnswer")
    public record PreviewAnswer(
            @Schema(description = "number of records in scope now, by type / 当前范围内各类记录的数量")
            Map<String, Long> counts,

            @Schema(description = "up to five of these records / 示例记录，最多五条")
            List<PreviewExample> examples) {}

    /** @param position at which the state holds */
    @Schema(name = "SnapshotAnswer")
    public record SnapshotAnswer(
            @Schema(
                    description = "position after which the events follow; the same on each page / 读完分页后继续拉取事件的位置，各页相同",
                    examples = "1-0000000000000412")
            String position,

            List<PreviewExample> items,

            @Schema(description = "cursor of the next page; null on the last / 下一页游标，末页为 null") @Nullable
            String next) {}

    /** Signed statement of all events of an epoch up to one of them. */
    @Schema(name = "CheckpointAnswer")
    public record CheckpointAnswer(
            @Schema(description = "id of the event of the checkpoint / 检查点事件的编号", examples = "1-0000000000001001")
            String id,

            @Schema(description = "epoch that it covers / 所含的纪元", examples = "1")
            int epoch,

            @Schema(description = "sequence of the last event that it covers / 所含最后一个事件的序号", examples = "1000")
            long sequence,

            @Schema(description = "events since the checkpoint before / 上一检查点以来的事件数", examples = "1000")
            long count,

            @Schema(description = "chain after the last of them / 该事件之后的链值")
            String chain,

            @Schema(description = "when it was signed, as in the signed text / 签名时间，与签名内容中的文本相同", format = "date-time")
            String time,

            @Schema(description = "kid in /.well-known/voyage-feeds-keys / 密钥编号", examples = "1")
            String keyId,

            @Schema(description = "Ed25519 signature, Base64 / Ed25519 签名，Base64 编码")
            String signature) {}

    /**
     * @param agreesUpTo the last of the sent positions at which both copies are equal; null if none is
     * @param differsFrom the first of the sent positions at which they differ; null if none does
     */
    @Schema(name = "VerificationAnswer")
    public record VerificationAnswer(
            @Schema(description = "whether all positions agree / 是否全部一致")
            boolean equal,

            @Schema(
                    description =
                            "last of the sent positions at which both copies agree; null if none / 所报位置中一致的最后位置，没有则为 null",
                    examples = "1-0000000000000412")
            @Nullable
            String agreesUpTo,

            @Schema(
                    description =
                            "first of the sent positions at which they differ; null if none / 所报位置中不一致的最先位置，没有则为 null")
            @Nullable
            String differsFrom) {}

    @Schema(name = "FeedStatusAnswer")
    public record FeedStatusAnswer(
            @Schema(description = "position of the last event / 末尾事件的位置", examples = "1-0000000000000412")
            String head,

            @Schema(
                    description = "position of the oldest kept event; null if there is none / 仍保留的最早事件的位置，没有则为 null",
                    examples = "1-0000000000000001")
            @Nullable
            String oldestKept,

            @Schema(description = "time of the change behind the last event / 末尾事件所对应变更的时间") @Nullable
            Instant lastEventAt,

            @Schema(description = "seconds from the last change to its event / 最近一次变更转为事件所用秒数")
            @JsonProperty("lagSeconds")
            @Nullable
            Double lagSeconds,

            @Schema(
                    description =
                            "cause of a check of all records, or replay; from when it is due until its events can be read, then null / 全量核定范围的原因，回放历史时为 replay；自应核定时起至其事件可读时止，其余为 null")
            @Nullable
            String scan,

            @Schema(
                    description =
                            "granted; grant-ended: the grants that opened the feed have ended, so left-scope follows for each record;"
                                    + " not-granted: none has opened it yet"
                                    + " / 授权状态：granted 有效；grant-ended 已到期、缩小或撤销，各记录将陆续移出范围；not-granted 尚无相应授权",
                    examples = "granted")
            GrantState grant,

            @Schema(description = "records that a reader of all events holds now / 读取全部事件的副本当前持有的记录数")
            long records,

            @Schema(
                    description =
                            "last signed checkpoint that is kept; null before the first / 仍保留的最近一个签名检查点，尚无则为 null")
            @Nullable
            CheckpointAnswer checkpoint,

            @Schema(description = "topic of the feed; null if it has none / 该订阅的 Kafka 主题，没有则为 null") @Nullable
            FeedTopicAnswer kafka) {}

    /** Where a feed is on Kafka. */
    @Schema(name = "FeedTopicAnswer")
    public record FeedTopicAnswer(
            @Schema(
                    description = "name of the topic with the events / 事件主题的名称",
                    examples = "feeds.WFCP.0k2m9q4tq8b1v7r")
            String topic,

            @Schema(
                    description = "name of the topic with the state of each record in scope / 状态主题的名称，存放范围内每条记录的当前状态",
                    examples = "feeds.WFCP.0k2m9q4tq8b1v7r.state")
            String stateTopic,

            @Schema(
                    description = "bootstrap servers, with SASL and the token of the alliance / 接入地址，以联盟令牌通过 SASL 认证",
                    examples = "localhost:8093")
            @Nullable
            String servers,

            @Schema(description = "how the names of consumer groups begin / 消费组名称的前缀", examples = "feeds.WFCP.")
            String groupPrefix,

            @Schema(
                    description =
                            "last event that is known to be in the topic; null before the first / 已知写入主题的末尾事件，尚无则为 null",
                    examples = "1-0000000000000412")
            @Nullable
            String published,

            @Schema(
                    description =
                            "whether the topic of states has each record in scope; false while it is being written / 状态主题是否已含范围内的全部记录，写入过程中为 false")
            boolean hasAllStates) {}

    /** Body of a subscription, for the OpenAPI document. */
    @Schema(name = "FeedFields")
    record FeedBody(
            @Schema(required = true, maxLength = 100, description = "name that people read / 订阅名称")
            String name,

            @Schema(description = "all that the grants cover without it / 筛选条件，不填则为授权的全部范围")
            FeedFilter filter,

            @Schema(
                    description =
                            "snapshot, the default; now; or a time of the last 30 days / 起点：snapshot（默认）、now 或最近 30 天内的时间",
                    examples = "2026-11-24T10:00:00+08:00")
            String start,

            @Schema(description = "true: events go to a Kafka topic too / 是否同时写入 Kafka 主题")
            boolean kafka) {}

    /** Body of a change of a feed, for the OpenAPI document. */
    @Schema(name = "FeedChange")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FeedChangeBody(
            @Schema(maxLength = 100, description = "unchanged without it / 订阅名称，不填则不变") @Nullable
            String name,

            @Schema(description = "unchanged without it / 筛选条件，不填则不变") @Nullable
            FeedFilter filter,

            @Schema(
                    description =
                            "true: a Kafka topic; false: its topic is deleted; unchanged without it / 是否写入 Kafka 主题，false 时删除其主题，不填则不变")
            @Nullable
            Boolean kafka) {}

    /** Body of a preview, for the OpenAPI document. */
    @Schema(name = "FeedPreview")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PreviewBody(
            @Schema(description = "all that the grants cover without it / 筛选条件，不填则为授权的全部范围") @Nullable
            FeedFilter filter) {}
}
