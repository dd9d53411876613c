package org.voyage.kit.record.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.http.ETags;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.RecordChange;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.VersionJson;
import org.voyage.kit.record.WriteResult;
import org.voyage.kit.record.write.WriteSummary;
import org.voyage.kit.reference.InstantFormat;

/** Responses for the records of one type over HTTP: status, entity tag, receipt, body. */
final class RecordResponses<T> {

    private static final int PERMANENT_REDIRECT = 308;

    private final RecordType<T> type;
    private final VersionJson<T> json;

    RecordResponses(RecordType<T> type) {
        this.type = type;
        this.json = new VersionJson<>(type.json());
    }

    /**
     * Returns the response to a write.
     *
     * @throws Refusal if the write was refused
     */
    Response writeResponse(WriteSummary<T> written) {
        Response.ResponseBuilder answer = switch (written.results().getFirst()) {
            case WriteResult.ChangedRecord<T>(RecordChange<T> change, List<Finding> warnings) ->
                versionResponse(
                        change.kind() == RecordChange.ChangeKind.CREATED ? Response.Status.CREATED : Response.Status.OK,
                        change.after(),
                        warnings);
            case WriteResult.UnchangedRecord<T>(RecordVersion<T> version, List<Finding> warnings) ->
                versionResponse(Response.Status.OK, version, warnings);
            case WriteResult.ParkedRecord<T> parked ->
                Response.status(Response.Status.ACCEPTED).entity(parkedJson(parked));
            case WriteResult.UnparkedRecord<T> unparked -> Response.noContent();
            case WriteResult.RefusedWriteResult<T>(Refusal refusal) -> throw refusal;
        };
        if (!written.receipt().isEmpty()) {
            answer.header(Receipt.HEADER, written.receipt().text());
        }
        return answer.build();
    }

    /** Returns the response to a read. For a moved record it has the location of the new key. */
    Response readResponse(List<RecordVersion<T>> versions, @Nullable HttpHeaders conditions) {
        if (versions.isEmpty()) {
            throw new Refusal.NotFound();
        }
        RecordVersion<T> version = versions.getFirst();
        if (conditions != null && version.movedTo() != null) {
            return Response.status(PERMANENT_REDIRECT)
                    .location(locationOf(version.key().province(), version.movedTo()))
                    .entity(json.toJson(version))
                    .build();
        }
        if (conditions != null && ETags.of(conditions).isUnchanged(version.number())) {
            return Response.notModified()
                    .header(HttpHeaders.ETAG, ETags.tagOf(version.number()))
                    .build();
        }
        return versionResponse(Response.Status.OK, version, List.of()).build();
    }

    Response historyResponse(List<RecordVersion<T>> versions) {
        if (versions.isEmpty()) {
            throw new Refusal.NotFound();
        }
        return stepsResponse(versions);
    }

    /** Returns a history that may be empty. */
    Response stepsResponse(List<RecordVersion<T>> versions) {
        return Response.ok(json.pageJson(versions, null, null)).build();
    }

    static Response pageResponse(List<RecordVersion<byte[]>> versions, @Nullable String next, Instant completeUntil) {
        return Response.ok(VersionJson.writeStoredPage(versions, next, completeUntil))
                .build();
    }

    private Response.ResponseBuilder versionResponse(
            Response.Status status, RecordVersion<T> version, List<Finding> warnings) {
        return Response.status(status)
                .header(HttpHeaders.ETAG, ETags.tagOf(version.number()))
                .entity(json.toJson(version, warnings));
    }

    private URI locationOf(Province province, String sourceId) {
        return UriBuilder.fromPath("/v1/{collection}/{province}/{sourceId}")
                .build(type.collection(), province.code(), sourceId);
    }

    private static String parkedJson(WriteResult.ParkedRecord<?> row) {
        return VersionJson.writeDocument(out -> {
            out.writeStartObject();
            out.writeStringField("province", row.key().province().code());
            out.writeStringField("sourceId", row.key().sourceId());
            out.writeBooleanField("parked", true);
            out.writeObjectFieldStart("waitsFor");
            out.writeStringField("record", row.parent().record());
            out.writeStringField("sourceId", row.parent().key().sourceId());
            out.writeEndObject();
            out.writeStringField("parkedAt", InstantFormat.formatInstant(row.since()));
            if (!row.warnings().isEmpty()) {
                VersionJson.writeWarnings(row.warnings(), out);
            }
            out.writeEndObject();
        });
    }
}
