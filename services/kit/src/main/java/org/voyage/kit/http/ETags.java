package org.voyage.kit.http;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusal;

/**
 * Entity tags and conditions of a request (RFC 9110, 13): the version of a record is its strong entity tag, {@code
 * "3"}.
 *
 * <p>{@code If-Match} compares strongly (a weak tag never matches), {@code If-None-Match} weakly. A header that is no
 * list of entity tags is refused as malformed rather than ignored, because its sender relies on the condition.
 */
public final class ETags {
    private static final Pattern TAG_PATTERN =
            Pattern.compile("\\s*((W/)?\"([\\x21\\x23-\\x7E\\x80-\\uFFFF]*)\")\\s*(,|$)");
    private static final String ANY_VERSION = "*";

    private final @Nullable List<String> match;
    private final @Nullable List<String> noneMatch;

    private ETags(@Nullable List<String> match, @Nullable List<String> noneMatch) {
        this.match = match;
        this.noneMatch = noneMatch;
    }

    /** Returns the conditions of a request. */
    public static ETags of(HttpHeaders headers) {
        return of(header(headers, HttpHeaders.IF_MATCH), header(headers, HttpHeaders.IF_NONE_MATCH));
    }

    /**
     * Returns the conditions in two headers; null for an absent one.
     *
     * @throws Refusal.Malformed if a header is not {@code *} and not a list of entity tags
     */
    public static ETags of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        return new ETags(
                parseTags(HttpHeaders.IF_MATCH, ifMatch, true),
                parseTags(HttpHeaders.IF_NONE_MATCH, ifNoneMatch, false));
    }

    /** Returns the entity tag of a version, quotes included. */
    public static String tagOf(long version) {
        return tagOf(Long.toString(version));
    }

    /** Returns the entity tag of a resource without versions, quotes included. */
    public static String tagOf(String of) {
        return "\"" + of + "\"";
    }

    /**
     * Requires that the conditions allow a write.
     *
     * @param version current version, empty if the record is absent
     * @throws Refusal.PreconditionFailed if a condition does not hold
     */
    public void requireMatch(OptionalLong version) {
        if (match != null && !matchesAny(match, version)) {
            throw new Refusal.PreconditionFailed(
                    version.isPresent()
                            ? "The record is at version " + version.getAsLong() + ", not at the one of If-Match."
                            : "If-Match was sent, but the record is not there.",
                    version.isPresent()
                            ? "记录当前版本为 " + version.getAsLong() + "，与 If-Match 不符。"
                            : "发送了 If-Match，但记录不存在。");
        }
        if (noneMatch != null && matchesAny(noneMatch, version)) {
            throw new Refusal.PreconditionFailed(
                    "The record is there already, as If-None-Match forbids.", "记录已存在，与 If-None-Match 不符。");
        }
    }

    /** Returns whether the caller has this version already, so that a read is answered with 304. */
    public boolean isUnchanged(long version) {
        return isUnchanged(Long.toString(version));
    }

    /** Returns whether the caller has the resource with this tag already. @param tag without quotes */
    public boolean isUnchanged(String tag) {
        return noneMatch != null && (noneMatch.contains(ANY_VERSION) || noneMatch.contains(tag));
    }

    private static boolean matchesAny(List<String> tags, OptionalLong version) {
        return version.isPresent() && (tags.contains(ANY_VERSION) || tags.contains(Long.toString(version.getAsLong())));
    }

    private static @Nullable List<String> parseTags(String name, @Nullable String header, boolean strong) {
        if (header == null) {
            return null;
        }
        if (header.strip().equals(ANY_VERSION)) {
            return List.of(ANY_VERSION);
        }
        var tags = new ArrayList<String>();
        Matcher tag = TAG_PATTERN.matcher(header);
        int at = 0;
        do {
            if (!tag.find(at) || tag.start() != at) {
                throw new Refusal.Malformed(
                        name + " must be * or a list of entity tags such as \"3\".", name + " 应为 * 或实体标签列表，例如 \"3\"。");
            }
            // The star in quotes is a tag, though not one of this service.
            if (!(strong && tag.group(2) != null) && !tag.group(3).equals(ANY_VERSION)) {
                tags.add(tag.group(3));
            }
            at = tag.end();
        } while (at < header.length() || tag.group(4).equals(","));
        return tags;
    }

    private static @Nullable String header(HttpHeaders headers, String name) {
        var lines = headers.getRequestHeader(name);
        return lines == null || lines.isEmpty() ? null : String.join(",", lines);
    }
}
