package org.voyage.kit.problem;

/**
 * Finding: one fault of a submission.
 *
 * @param pointer JSON Pointer (RFC 6901) into the body, {@code ""} for the whole of it; for a query parameter its name
 *     after a question mark ({@code ?limit}), for a part of the path its name in braces ({@code {sourceId}})
 * @param rule stable lower-kebab name of the broken rule, made for programs
 * @param detail the fault and the expected value, in English
 * @param detailZh the same in Chinese
 */
public record Finding(String pointer, String rule, String detail, String detailZh) {

    /** Returns a finding about a query parameter. */
    public static Finding query(String name, String rule, String detail, String detailZh) {
        return new Finding("?" + name, rule, detail, detailZh);
    }

    /** Returns a finding about one field of the submitted object. */
    public static Finding field(String name, String rule, String detail, String detailZh) {
        return new Finding("/" + escapePointer(name), rule, detail, detailZh);
    }

    public static String escapePointer(String token) {
        return token.indexOf('~') < 0 && token.indexOf('/') < 0
                ? token
                : token.replace("~", "~0").replace("/", "~1");
    }
}
