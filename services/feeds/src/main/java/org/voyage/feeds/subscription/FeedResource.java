package org.voyage.feeds.subscription;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.alliance.AllianceKeys;
import org.voyage.feeds.feed.FeedEventKind;
import org.voyage.feeds.feed.ScopedRecordReader;
import org.voyage.feeds.grant.FeedScopeResolver;
import org.voyage.feeds.grant.GrantReader;
import org.voyage.feeds.quota.AllianceQuotas;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.FieldClasses;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.scope.ScopeCalendar;
import org.voyage.feeds.subscription.FeedResponses.CatalogueAnswer;
import org.voyage.feeds.subscription.FeedResponses.CatalogueRecord;
import org.voyage.feeds.subscription.FeedResponses.FeedAnswer;
import org.voyage.feeds.subscription.FeedResponses.FeedBody;
import org.voyage.feeds.subscription.FeedResponses.FeedChangeBody;
import org.voyage.feeds.subscription.FeedResponses.FeedsAnswer;
import org.voyage.feeds.subscription.FeedResponses.FigureTopicAnswer;
import org.voyage.feeds.subscription.FeedResponses.PreviewAnswer;
import org.voyage.feeds.subscription.FeedResponses.PreviewBody;
import org.voyage.feeds.subscription.FeedResponses.PreviewExample;
import org.voyage.feeds.topic.FeedTopicConfig;
import org.voyage.feeds.topic.FeedTopicNames;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.ETags;
import org.voyage.kit.http.JsonBody;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.http.RequestCost;

/** HTTP resource: what an alliance may have, and its subscriptions. */
@Path("/v1/feeds")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Feeds", description = "Catalogue, previews and feeds of an alliance / 订阅：可订阅目录、筛选预览与订阅管理")
@AuditedRecord(FeedService.AUDIT_RECORD)
@RunOnVirtualThread
public class FeedResource {

    static final String ID_EXAMPLE = "0k2m9q4tq8b1v7r";
    static final String ID_DESCRIPTION = "Id of the feed / 订阅编号";

    private static final int MAX_EXAMPLES = 5;
    private static final String PROVINCES = "provinces";
    private static final List<String> FILTERS =
            List.of("records", "countries", "lists", "regions", PROVINCES, "brands", "colleges", "members");

    private final FeedService service;
    private final FeedStore feeds;
    private final FeedAccess access;
    private final FeedDraftReader drafts;
    private final FeedScopeResolver scopes;
    private final ScopeCalendar calendar;
    private final ScopedRecordReader records;
    private final AllianceQuotas quotas;
    private final SubscriptionConfig config;
    private final GrantReader grants;
    private final FeedTopicConfig topicConfig;
    private final CursorCodec cursors;
    private final Duration retention;

    FeedResource(
            FeedService service,
            FeedStore feeds,
            FeedAccess access,
            FeedDraftReader drafts,
            FeedScopeResolver scopes,
            ScopeCalendar calendar,
            ScopedRecordReader records,
            AllianceQuotas quotas,
            SubscriptionConfig config,
            GrantReader grants,
            FeedTopicConfig topicConfig,
            CursorCodec cursors,
            @ConfigProperty(name = "voyage.feeds.retention", defaultValue = "30d") Duration retention) {
        this.service = service;
        this.feeds = feeds;
        this.access = access;
        this.drafts = drafts;
        this.scopes = scopes;
        this.calendar = calendar;
        this.records = records;
        this.quotas = quotas;
        this.config = config;
        this.grants = grants;
        this.topicConfig = topicConfig;
        this.cursors = cursors;
        this.retention = retention;
    }

    @GET
    @Path("/catalogue")
    @Operation(
            operationId = "getFeedCatalogue",
            summary = "The catalogue of the alliance / 查询可订阅目录",
            description =
                    "The records and fields that the grants in force open, the conditions of a filter, and the topic of"
                            + " figures if a grant opens it. A filter that names more than the grants open is refused."
                            + " / 列出现行授权开放的记录与字段、可用的筛选条件，以及授权开放的统计指标变更主题。筛选条件超出授权的，不予受理。")
    public CatalogueAnswer catalogue() {
        String alliance = access.requireAlliance();
        FeedScope scope = scopes.resolveScope(alliance, drafts.everything());
        Set<String> opened = scope.openedFields();
        List<CatalogueRecord> offered = new ArrayList<>();
        for (FeedRecord record : scope.grantedRecords()) {
            offered.add(new CatalogueRecord(
                    record.wireName(),
                    FieldClasses.visibleFields(record, opened),
                    FieldClasses.closedFields(record, opened)));
        }
        return new CatalogueAnswer(
                offered,
                findFilters(scope),
                Arrays.stream(FeedEventKind.values())
                        .map(FeedEventKind::wireName)
                        .toList(),
                config.maxFeeds(),
                retention.toDays(),
                findFigureTopic(alliance));
    }

    /** Returns the conditions of a filter; one on provinces only if a grant names some. */
    private static List<String> findFilters(FeedScope scope) {
        boolean namesProvinces =
                scope.grants().stream().anyMatch(grant -> grant.rule().provinces() != null);
        return FILTERS.stream()
                .filter(each -> namesProvinces || !each.equals(PROVINCES))
                .toList();
    }

    private @Nullable FigureTopicAnswer findFigureTopic(String alliance) {
        return topicConfig
                .address()
                .filter(_ -> grants.readFigureReaders(calendar.today()).contains(alliance))
                .map(servers ->
                        new FigureTopicAnswer(FeedTopicNames.FIGURES, servers, FeedTopicNames.groupPrefixOf(alliance)))
                .orElse(null);
    }

    @POST
    @Path("/previews")
    @CostCategory(RequestCost.LARGE)
    @Operation(
            operationId = "previewFeed",
            summary = "Try a filter / 预览筛选结果",
            description = "Counts the records that are in scope now by type, and shows up to five of them. Nothing is"
                    + " stored. Without a filter it counts all records that the grants cover."
                    + " / 返回当前范围内各类记录的数量，以及最多五条示例记录，不保存任何内容。未填写筛选条件时，按授权的全部范围计算。")
    public PreviewAnswer preview(
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = PreviewBody.class)))
                    JsonBody body) {
        String alliance = access.requireAlliance();
        FeedScope scope = scopes.resolveScope(alliance, drafts.readPreview(body.object(), alliance));
        quotas.requirePreview(alliance);
        ScopedRecordReader.ScopeCount count = records.countRecords(scope, MAX_EXAMPLES);
        quotas.chargePreview(alliance, count.read());
        return new PreviewAnswer(
                count.counts(),
                count.examples().stream()
                        .map(each -> new PreviewExample(each.name(), each.state()))
                        .toList());
    }

    @GET
    @Operation(
            operationId = "listFeeds",
            summary = "The feeds, by id / 查询订阅列表",
            description = "An alliance reads its own feeds; operators and auditors read all of them."
                    + " / 联盟仅可查询本联盟的订阅；运维人员和审计人员可查询全部订阅。")
    public FeedsAnswer list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        int size = QueryParameters.parseLimit(limit);
        Cursor from = cursors.decode("feeds", 1, cursor);
        List<Feed> found = feeds.findAll(access.listedAlliance(), from == null ? "" : from.text(0), size + 1);
        List<Feed> shown = found.subList(0, Math.min(size, found.size()));
        return new FeedsAnswer(
                shown.stream().map(FeedAnswer::of).toList(),
                found.size() > size ? cursors.encode("feeds", shown.getLast().id()) : null);
    }

    @POST
    @Operation(
            operationId = "createFeed",
            summary = "Subscribe / 新建订阅",
            description =
                    "With `start` = `snapshot`, the default, the feed first sends all records in scope as `present`."
                            + " With `now` it sends later changes only. With a time of the last 30 days it sends the records as"
                            + " they were then, and each change since. An Idempotency-Key makes a repeat harmless."
                            + " / start 为 snapshot（默认）时，先以 present 事件发送范围内的全部记录；为 now 时，仅发送此后的变更；"
                            + "为最近 30 天内的某一时间时，先发送当时的记录，再逐条发送此后的变更。"
                            + "携带幂等键重复提交，不会重复建立订阅。")
    @APIResponse(
            responseCode = "201",
            description = "Created; its events follow within seconds / 已建立，数秒内开始产生事件",
            content = @Content(schema = @Schema(implementation = FeedAnswer.class)))
    public Response create(
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = FeedBody.class)))
                    JsonBody body) {
        String alliance = access.requireAlliance();
        Feed feed = service.createFeed(alliance, drafts.readDraft(body.object(), alliance), access.clientId());
        return Response.created(URI.create("/v1/feeds/" + feed.id()))
                .header(HttpHeaders.ETAG, ETags.tagOf(feed.version()))
                .entity(FeedAnswer.of(feed))
                .build();
    }

    @GET
    @Path("/{feed}")
    @Operation(
            operationId = "getFeed",
            summary = "A feed / 查询单个订阅",
            description = "With the position of its last event. / 含末尾事件的位置。")
    @APIResponse(
            responseCode = "200",
            description = "The feed / 订阅",
            content = @Content(schema = @Schema(implementation = FeedAnswer.class)))
    public Response get(@PathParam("feed") @Parameter(description = ID_DESCRIPTION, example = ID_EXAMPLE) String id) {
        Feed feed = access.requireVisibleFeed(id);
        return Response.ok(FeedAnswer.of(feed))
                .header(HttpHeaders.ETAG, ETags.tagOf(feed.version()))
                .build();
    }

    @PATCH
    @Path("/{feed}")
    @Operation(
            operationId = "changeFeed",
            summary = "Change the name, the filter or the topic / 变更订阅名称、筛选条件或 Kafka 主题",
            description =
                    "After a change of the filter, events report the records that enter or leave the scope. A narrower"
                            + " filter holds at once. The records of a wider filter follow behind the live events."
                            + " / 筛选条件变更后，以事件告知进入或移出范围的记录。缩小范围立即生效；扩大范围时，新增记录在实时事件之后陆续发送。")
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            schema = @Schema(type = SchemaType.STRING),
            description = AllianceKeys.IF_MATCH_DESCRIPTION)
    @APIResponse(
            responseCode = "200",
            description = "Changed / 已变更",
            content = @Content(schema = @Schema(implementation = FeedAnswer.class)))
    @APIResponse(responseCode = "409", ref = "#/components/responses/conflict")
    @APIResponse(responseCode = "412", ref = "#/components/responses/precondition-failed")
    public Response change(
            @PathParam("feed") @Parameter(description = ID_DESCRIPTION, example = ID_EXAMPLE) String id,
            @Context HttpHeaders headers,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = FeedChangeBody.class)))
                    JsonBody body) {
        Feed feed = access.requireOwnFeed(id);
        Feed changed = service.changeFeed(feed, drafts.readChange(body.object(), feed), ETags.of(headers));
        return Response.ok(FeedAnswer.of(changed))
                .header(HttpHeaders.ETAG, ETags.tagOf(changed.version()))
                .build();
    }

    @DELETE
    @Path("/{feed}")
    @Operation(
            operationId = "deleteFeed",
            summary = "End a subscription / 取消订阅",
            description = "Its log and its endpoints are deleted too. The id is never used again."
                    + " / 同时删除其事件日志和接收地址，该订阅编号不再使用。")
    @APIResponse(responseCode = "204", description = "Deleted / 已取消")
    public Response delete(
            @PathParam("feed") @Parameter(description = ID_DESCRIPTION, example = ID_EXAMPLE) String id) {
        service.deleteFeed(access.requireOwnFeed(id));
        return Response.noContent().build();
    }
}
