package org.voyage.kit.record;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reading operations of one type of record over HTTP. */
public final class RecordReading<T> {

    private final Records<T> records;
    private final RecordRequest request;
    private final RecordAnswers<T> answers;

    public RecordReading(Records<T> records, RecordRequest request) {
        this.records = records;
        this.request = request;
        this.answers = new RecordAnswers<>(records.type());
    }

    public Response get(String province, String sourceId, @Nullable String asOf, HttpHeaders headers) {
        return answers.found(versions(province, sourceId, asOf), asOf == null ? headers : null);
    }

    /** The version there was, for who says himself what an absent one means. */
    public Optional<Version<T>> find(String province, String sourceId, @Nullable String asOf) {
        return versions(province, sourceId, asOf).stream().findFirst();
    }

    private List<Version<T>> versions(String province, String sourceId, @Nullable String asOf) {
        return records.table().asOf(request.reads(province, sourceId), RecordRequest.moment(asOf));
    }

    public Response history(String province, String sourceId) {
        return answers.history(records.table().history(request.reads(province, sourceId)));
    }

    /** The history of what is there before anybody has spoken of it: it has no version then. */
    public Response steps(String province, String sourceId) {
        return answers.steps(records.table().history(request.reads(province, sourceId)));
    }

    /** @param where the record's own filters; a cursor of other filter values is refused */
    public Response list(ListQuery query, Conditions where) {
        String list = records.type().collection() + "|" + where.filters();
        return new RecordPage(list, where, request.scope(), query).answer(records);
    }

    public Response written(Written<T> written) {
        return answers.written(written);
    }
}
