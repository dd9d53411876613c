package org.voyage.kit.record;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.web.ETags;
import org.voyage.kit.web.Finding;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.web.Refusal;

/** How the records of one type are answered over HTTP: status, entity tag, receipt, body. */
final class RecordAnswers<T> {

    private static final int MOVED = 308;

    private final RecordType<T> type;
    private final VersionJson<T> json;

    RecordAnswers(RecordType<T> type) {
        this.type = type;
        this.json = new VersionJson<>(type.json());
    }

    /** @throws Refusal if that is what became of it */
    Response written(Written<T> written) {
        Response.ResponseBuilder answer = switch (written.results().getFirst()) {
            case Result.Changed<T>(Change<T> change, List<Finding> warnings) ->
                version(
                        change.kind() == Change.Kind.CREATED ? Response.Status.CREATED : Response.Status.OK,
                        change.after(),
                        warnings);
            case Result.Unchanged<T>(Version<T> version, List<Finding> warnings) ->
                version(Response.Status.OK, version, warnings);
            case Result.Parked<T> parked ->
                Response.status(Response.Status.ACCEPTED).entity(parked(parked));
            case Result.Unparked<T> unparked -> Response.noContent();
            case Result.Refused<T>(Refusal refusal) -> throw refusal;
        };
        if (!written.receipt().isNothing()) {
            answer.header(Receipt.HEADER, written.receipt().text());
        }
        return answer.build();
    }

    /** A record that goes on under another key is answered with the way there. */
    Response found(List<Version<T>> versions, @Nullable HttpHeaders conditions) {
        if (versions.isEmpty()) {
            throw new Refusal.NotFound();
        }
        Version<T> version = versions.getFirst();
        if (conditions != null && version.movedTo() != null) {
            return Response.status(MOVED)
                    .location(location(version.key().province(), version.movedTo()))
                    .entity(json.one(version))
                    .build();
        }
        if (conditions != null && ETags.of(conditions).unchanged(version.number())) {
            return Response.notModified()
                    .header(HttpHeaders.ETAG, ETags.tag(version.number()))
                    .build();
        }
        return version(Response.Status.OK, version, List.of()).build();
    }

    Response history(List<Version<T>> versions) {
        if (versions.isEmpty()) {
            throw new Refusal.NotFound();
        }
        return steps(versions);
    }

    /** A history that may be empty. */
    Response steps(List<Version<T>> versions) {
        return Response.ok(json.page(versions, null, null)).build();
    }

    static Response page(List<Version<byte[]>> versions, @Nullable String next, Instant completeUntil) {
        return Response.ok(VersionJson.stored(versions, next, completeUntil)).build();
    }

    private Response.ResponseBuilder version(Response.Status status, Version<T> version, List<Finding> warnings) {
        return Response.status(status)
                .header(HttpHeaders.ETAG, ETags.tag(version.number()))
                .entity(json.one(version, warnings));
    }

    private URI location(Province province, String sourceId) {
        return UriBuilder.fromPath("/v1/{collection}/{province}/{sourceId}")
                .build(type.collection(), province.code(), sourceId);
    }

    private static String parked(Result.Parked<?> row) {
        return VersionJson.document(out -> {
            out.writeStartObject();
            out.writeStringField("province", row.key().province().code());
            out.writeStringField("sourceId", row.key().sourceId());
            out.writeBooleanField("parked", true);
            out.writeObjectFieldStart("waitsFor");
            out.writeStringField("record", row.parent().record());
            out.writeStringField("sourceId", row.parent().key().sourceId());
            out.writeEndObject();
            out.writeStringField("parkedAt", row.since().toString());
            if (!row.warnings().isEmpty()) {
                VersionJson.write(row.warnings(), out);
            }
            out.writeEndObject();
        });
    }
}
