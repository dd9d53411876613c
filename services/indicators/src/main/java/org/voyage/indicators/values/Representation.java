package org.voyage.indicators.values;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.format.Accept;
import org.voyage.indicators.format.Format;
import org.voyage.indicators.format.Report;
import org.voyage.indicators.query.QueryReader;
import org.voyage.indicators.query.Wrong;
import org.voyage.kit.http.ETags;
import org.voyage.kit.problem.Refusal;

/**
 * How the caller wants an answer, and what it holds already. The strong entity tag is the hash of all the bytes of the
 * answer, before they are packed for the way.
 */
record Representation(Format format, ETags conditions) {

    static final String FORMAT = "format";
    static final String DEFINITIONS = "Voyage-Definitions";
    static final String NOTES = "Voyage-Notes";
    static final String POSITION = "Voyage-Position";
    static final String RELEASE = "Voyage-Release";
    static final String TIME = "Voyage-Time";

    private static final int TAG_BYTES = 18;

    /** Codes may have other names after a release, so no answer is kept longer than a day unasked. */
    private static final String KEEP = "private, max-age=86400, immutable";

    /**
     * @throws Refusal.Malformed when {@code format} names none
     * @throws Refusal.NotAcceptable when no format suits the {@code Accept} header
     */
    static Representation wanted(Map<String, List<String>> parameters, HttpHeaders headers) {
        String named = QueryReader.readSingle(FORMAT, parameters);
        List<String> accept = headers.getRequestHeader(HttpHeaders.ACCEPT);
        Format format = named == null
                ? Accept.of(accept == null ? null : String.join(",", accept))
                        .choose()
                        .orElseThrow(() -> new Refusal.NotAcceptable(Format.types()))
                : Format.named(named).orElseThrow(() -> Wrong.code(FORMAT, named, Format.codes()));
        return new Representation(format, ETags.of(headers));
    }

    /**
     * @param name of a file that holds the answer
     * @param lasts whether the values are for ever the same: they are about a moment that has passed
     */
    Response answer(byte[] body, Report report, String name, boolean lasts) {
        String tag = tag(body);
        Response.ResponseBuilder answer = conditions.isUnchanged(tag)
                ? Response.notModified()
                : Response.ok(body).header(HttpHeaders.CONTENT_TYPE, format.contentType());
        answer.header(HttpHeaders.ETAG, ETags.tagOf(tag))
                .header(TIME, report.position().time().toString())
                .header(DEFINITIONS, report.definitionText());
        report.release()
                .ifPresentOrElse(
                        release -> answer.header(RELEASE, release.number()),
                        () -> answer.header(POSITION, report.positionText()));
        report.noteText().ifPresent(codes -> answer.header(NOTES, codes));
        if (lasts) {
            answer.header(HttpHeaders.CACHE_CONTROL, KEEP);
        }
        if (format.isFile()) {
            answer.header(
                    HttpHeaders.CONTENT_DISPOSITION,
                    "attachment; filename=\"" + name + "." + format.extension() + "\"");
        }
        return answer.build();
    }

    private static String tag(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, TAG_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
