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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedEventKind;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.FieldClasses;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.scope.FeedScopeResolver;
import org.voyage.feeds.subscription.FeedResponses.CatalogueAnswer;
import org.voyage.feeds.subscription.FeedResponses.CatalogueRecord;
import org.voyage.feeds.subscription.FeedResponses.FeedAnswer;
import org.voyage.feeds.subscription.FeedResponses.FeedsAnswer;
import org.voyage.feeds.subscription.FeedResponses.PreviewAnswer;
import org.voyage.feeds.subscription.FeedResponses.PreviewExample;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.ETags;
import org.voyage.kit.http.JsonBody;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.reference.ChinaTime;

/** HTTP resource: what an alliance may have, and its subscriptions. */
@Path("/v1/feeds")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Feeds", description = "订阅：联盟可订阅的内容、筛选预览与订阅管理")
@AuditedRecord(FeedService.AUDIT_RECORD)
@RunOnVirtualThread
public class FeedResource {

    static final String ID_EXAMPLE = "0k2m9q4tq8b1v7r";

    private static final int MAX_EXAMPLES = 5;
    private static final List<String> FILTERS =
            List.of("records", "countries", "lists", "regions", "provinces", "brands", "colleges", "members");

    private final FeedService service;
    private final FeedStore feeds;
    private final FeedAccess access;
    private final FeedDraftReader drafts;
    private final FeedScopeResolver scopes;
    private final ScopedRecordReader records;
    private final SubscriptionConfig config;
    private final CursorCodec cursors;
    private final Duration retention;

    FeedResource(
            FeedService service,
            FeedStore feeds,
            FeedAccess access,
            FeedDraftReader drafts,
            FeedScopeResolver scopes,
            ScopedRecordReader records,
            SubscriptionConfig config,
            CursorCodec cursors,
            @ConfigProperty(name = "voyage.feeds.retention", defaultValue = "30d") Duration retention) {
        this.service = service;
        this.feeds = feeds;
        this.access = access;
        this.drafts = drafts;
        this.scopes = scopes;
        this.records = records;
        this.config = config;
        this.cursors = cursors;
        this.retention = retention;
    }

    @GET
    @Path("/catalogue")
    @Operation(
            operationId = "getFeedCatalogue",
            summary = "What the alliance may have",
            description = "The records and fields that the grants in force open, and the conditions that a filter can"
                    + " have. A filter never opens more than the grants do.")
    public CatalogueAnswer catalogue() {
        String alliance = access.requireAlliance();
        FeedScope scope = scopes.resolveScope(alliance, drafts.everything(), ChinaTime.today());
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
                FILTERS,
                Arrays.stream(FeedEventKind.values())
                        .map(FeedEventKind::wireName)
                        .toList(),
                config.maxFeeds(),
                retention.toDays());
    }

    @POST
    @Path("/previews")
    @CostCategory(RequestCost.LARGE)
    @Operation(
            operationId = "previewFeed",
            summary = "Try a filter",
            description = "How many records of each type are in scope now, and five of them as a feed would show them."
                    + " Nothing is stored. Without a filter: all that the grants cover.")
    public PreviewAnswer preview(JsonBody body) {
        String alliance = access.requireAlliance();
        FeedScope scope = scopes.resolveScope(alliance, drafts.readPreview(body.object()), ChinaTime.today());
        ScopedRecordReader.ScopeCount count = records.countRecords(scope, MAX_EXAMPLES);
        return new PreviewAnswer(
                count.counts(),
                count.examples().stream()
                        .map(each -> new PreviewExample(each.name(), each.state()))
                        .toList());
    }

    @GET
    @Operation(
            operationId = "listFeeds",
            summary = "The feeds",
            description = "Those of the calling alliance; operators and auditors see all of them.")
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
            summary = "Subscribe",
            description = "`start`: `snapshot` (the default) sends all records in scope first, as `present`; `now` only"
                    + " what changes from now on. An Idempotency-Key makes a repeat harmless.")
    @APIResponse(
            responseCode = "201",
            description = "Created; events follow within seconds",
            content = @Content(schema = @Schema(implementation = FeedAnswer.class)))
    public Response create(JsonBody body) {
        String alliance = access.requireAlliance();
        Feed feed = service.createFeed(alliance, drafts.readDraft(body.object()), access.clientId());
        return Response.created(URI.create("/v1/feeds/" + feed.id()))
                .header(HttpHeaders.ETAG, ETags.tagOf(feed.version()))
                .entity(FeedAnswer.of(feed))
                .build();
    }

    @GET
    @Path("/{feed}")
    @Operation(operationId = "getFeed", summary = "A feed", description = "With the position of its last event.")
    @APIResponse(
            responseCode = "200",
            description = "The feed",
            content = @Content(schema = @Schema(implementation = FeedAnswer.class)))
    public Response get(@PathParam("feed") @Parameter(example = ID_EXAMPLE) String id) {
        Feed feed = access.requireVisibleFeed(id);
        return Response.ok(FeedAnswer.of(feed))
                .header(HttpHeaders.ETAG, ETags.tagOf(feed.version()))
                .build();
    }

    @PATCH
    @Path("/{feed}")
    @Operation(
            operationId = "changeFeed",
            summary = "Change name or filter",
            description =
                    "After a change of the filter the feed reports what entered and left its scope. Narrowing holds"
                            + " at once; widening follows behind the live events.")
    @APIResponse(
            responseCode = "200",
            description = "Changed",
            content = @Content(schema = @Schema(implementation = FeedAnswer.class)))
    public Response change(
            @PathParam("feed") @Parameter(example = ID_EXAMPLE) String id,
            @Context HttpHeaders headers,
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
            summary = "End a subscription",
            description = "Its log and endpoints go too. Its id is never used again.")
    @APIResponse(responseCode = "204", description = "Deleted")
    public Response delete(@PathParam("feed") @Parameter(example = ID_EXAMPLE) String id) {
        service.deleteFeed(access.requireOwnFeed(id));
        return Response.noContent().build();
    }
}
