package org.voyage.overseas;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.ETags;
import org.voyage.kit.web.Headers;
import org.voyage.kit.web.Refusal;

/** How one record is answered over HTTP: status, entity tag, receipt, body. */
public class RecordAnswers<T> {

    private final VersionJson<T> json;

    public RecordAnswers(RecordJson<T> json) {
        this.json = new VersionJson<>(json);
    }

    /** @throws Refusal if that is what became of it */
    public Response written(Written<T> written) {
        Response.ResponseBuilder answer = switch (written.results().getFirst()) {
            case Result.Changed<T>(Change.Kind kind, Version<T> version) ->
                version(kind == Change.Kind.CREATED ? Response.Status.CREATED : Response.Status.OK, version);
            case Result.Unchanged<T>(Version<T> version) -> version(Response.Status.OK, version);
            case Result.Parked<T>(RecordKey key, String school) ->
                Response.status(Response.Status.ACCEPTED).entity(parked(key, school));
            case Result.Unparked<T> unparked -> Response.noContent();
            case Result.Refused<T>(Refusal refusal) -> throw refusal;
        };
        if (!written.receipt().isNothing()) {
            answer.header(Headers.RECEIPT, written.receipt().text());
        }
        return answer.build();
    }

    public Response found(List<Version<T>> versions, @Nullable HttpHeaders conditions) {
        if (versions.isEmpty()) {
            throw new Refusal.NotFound();
        }
        Version<T> version = versions.getFirst();
        if (conditions != null && ETags.of(conditions).unchanged(version.number())) {
            return Response.notModified()
                    .header(HttpHeaders.ETAG, ETags.tag(version.number()))
                    .build();
        }
        return version(Response.Status.OK, version).build();
    }

    public Response history(List<Version<T>> versions) {
        if (versions.isEmpty()) {
            throw new Refusal.NotFound();
        }
        return Response.ok(json.page(versions, null)).build();
    }

    public Response page(List<Version<T>> versions, @Nullable String next) {
        return Response.ok(json.page(versions, next)).build();
    }

    private Response.ResponseBuilder version(Response.Status status, Version<T> version) {
        return Response.status(status)
                .header(HttpHeaders.ETAG, ETags.tag(version.number()))
                .entity(json.one(version));
    }

    private static String parked(RecordKey key, String school) {
        return VersionJson.document(out -> {
            out.writeStartObject();
            out.writeStringField("province", key.province().code());
            out.writeStringField("sourceId", key.sourceId());
            out.writeBooleanField("parked", true);
            out.writeStringField("waitsForSchool", school);
            out.writeEndObject();
        });
    }
}
