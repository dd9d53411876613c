package org.voyage.kit.record.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.write.RecordRepository;
import org.voyage.kit.record.write.WriteSummary;

/** Read operations of one record type over HTTP. */
public final class RecordReads<T> {

    private final RecordRepository<T> records;
    private final RecordRequest request;
    private final RecordResponses<T> answers;

    public RecordReads(RecordRepository<T> records, RecordRequest request) {
        this.records = records;
        this.request = request;
        this.answers = new RecordResponses<>(records.type());
    }

    public Response get(String province, String sourceId, @Nullable String asOf, HttpHeaders headers) {
        return answers.readResponse(findVersions(province, sourceId, asOf), asOf == null ? headers : null);
    }

    /** Returns the version at a time, for callers that handle an absent one themselves. */
    public Optional<RecordVersion<T>> find(String province, String sourceId, @Nullable String asOf) {
        return findVersions(province, sourceId, asOf).stream().findFirst();
    }

    private List<RecordVersion<T>> findVersions(String province, String sourceId, @Nullable String asOf) {
        return records.table().findAsOf(request.requireReadableKey(province, sourceId), RecordRequest.parseAsOf(asOf));
    }

    public Response history(String province, String sourceId) {
        return answers.historyResponse(records.table().findHistory(request.requireReadableKey(province, sourceId)));
    }

    /** Returns the history of a record that may have no version yet. */
    public Response getSteps(String province, String sourceId) {
        return answers.stepsResponse(records.table().findHistory(request.requireReadableKey(province, sourceId)));
    }

    /**
     * Returns a page of records.
     *
     * @param where the record's own filters; a cursor of other filter values is refused
     */
    public Response list(ListQuery query, SqlConditions where) {
        String list = records.type().collection() + "|" + where.filters();
        return new RecordPage(list, where, request.requireReadScope(), query, request.cursors()).toResponse(records);
    }

    public Response writeResponse(WriteSummary<T> written) {
        return answers.writeResponse(written);
    }
}
