package org.voyage.indicators.feature.values;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.feature.format.AcceptHeader;
import org.voyage.indicators.feature.format.ReportFormat;
import org.voyage.indicators.feature.format.ValuesReport;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.indicators.query.http.FigureQueryParser;
import org.voyage.kit.http.ETags;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.reference.InstantFormat;

/**
 * Representation of a values response: its format, and the conditions of the request. The strong entity tag is the hash
 * of all bytes of the response before compression.
 */
record ValuesRepresentation(ReportFormat format, ETags conditions) {

    static final String FORMAT_PARAMETER = "format";
    static final String DEFINITIONS_HEADER = "Voyage-Definitions";
    static final String NOTES_HEADER = "Voyage-Notes";
    static final String POSITION_HEADER = "Voyage-Position";
    static final String RELEASE_HEADER = "Voyage-Release";
    static final String TIME_HEADER = "Voyage-Time";

    private static final int TAG_BYTES = 18;

    /** A release of the platform may rename codes, so a cached response is fresh for at most a day. */
    private static final String IMMUTABLE_CACHE_CONTROL = "private, max-age=86400, immutable";

    /**
     * @throws Refusal.Malformed when {@code format} names no format
     * @throws Refusal.NotAcceptable when no format suits the {@code Accept} header
     */
    static ValuesRepresentation negotiate(Map<String, List<String>> parameters, HttpHeaders headers) {
        String named = FigureQueryParser.readSingle(FORMAT_PARAMETER, parameters);
        List<String> accept = headers.getRequestHeader(HttpHeaders.ACCEPT);
        ReportFormat format = named == null
                ? AcceptHeader.of(accept == null ? null : String.join(",", accept))
                        .chooseFormat()
                        .orElseThrow(() -> new Refusal.NotAcceptable(ReportFormat.types()))
                : ReportFormat.findByCode(named)
                        .orElseThrow(() -> QueryRefusals.unknownCode(FORMAT_PARAMETER, named, ReportFormat.codes()));
        return new ValuesRepresentation(format, ETags.of(headers));
    }

    /**
     * @param name file name of a downloaded response
     * @param lasts whether the values are permanent: they are about a past point in time
     */
    Response toResponse(byte[] body, ValuesReport report, String name, boolean lasts) {
        String time = InstantFormat.formatInstant(report.position().time());
        String tag = computeTag(format.isFile() ? body : withoutTime(body, time));
        Response.ResponseBuilder answer = conditions.isUnchanged(tag)
                ? Response.notModified()
                : Response.ok(body).header(HttpHeaders.CONTENT_TYPE, format.contentType());
        answer.header(HttpHeaders.ETAG, "W/" + ETags.tagOf(tag))
                .header(TIME_HEADER, time)
                .header(DEFINITIONS_HEADER, report.formatDefinitions());
        report.findRelease()
                .ifPresentOrElse(
                        release -> answer.header(RELEASE_HEADER, release.number()),
                        () -> answer.header(POSITION_HEADER, report.formatPosition()));
        report.formatNotes().ifPresent(codes -> answer.header(NOTES_HEADER, codes));
        if (lasts) {
            answer.header(HttpHeaders.CACHE_CONTROL, IMMUTABLE_CACHE_CONTROL);
        }
        if (format.isFile()) {
            answer.header(
                    HttpHeaders.CONTENT_DISPOSITION,
                    "attachment; filename=\"" + name + "." + format.extension() + "\"");
        }
        return answer.build();
    }

    /** The time of a position is that of one instance; the tag is the same at all instances. */
    private static byte[] withoutTime(byte[] body, String time) {
        return new String(body, StandardCharsets.ISO_8859_1).replace(time, "").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String computeTag(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, TAG_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
