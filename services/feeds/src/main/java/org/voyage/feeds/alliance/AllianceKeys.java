package org.voyage.feeds.alliance;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Checks of the keys in paths, and of reasons. */
public final class AllianceKeys {

    /** Description of the code of an alliance in the OpenAPI document. */
    public static final String CODE_DESCRIPTION = "Code of the alliance, the claim of its tokens / 联盟代码";

    /** Description of the header If-Match in the OpenAPI document. */
    public static final String IF_MATCH_DESCRIPTION = "Only if it has this version, e.g. \"3\" / 仅当版本一致";

    static final String ID_REGEX = "[A-Za-z0-9][A-Za-z0-9._-]{0,59}";

    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{2,20}");
    private static final Pattern ID = Pattern.compile(ID_REGEX);
    private static final int MAX_REASON_LENGTH = 500;

    private AllianceKeys() {}

    /** Returns the code of an alliance in a path. @throws Refusal.NotFound for a text that no alliance can have */
    public static String requireCode(String code) {
        if (!CODE.matcher(code).matches()) {
            throw new Refusal.NotFound(new Finding(
                    "{alliance}",
                    "alliance-code",
                    "The code of an alliance has 2 to 20 capital letters and digits.",
                    "联盟代码为 2 至 20 位大写字母或数字。"));
        }
        return code;
    }

    /**
     * Returns the id of a member or grant in a path.
     *
     * @param parameter name in the path
     * @throws Refusal.NotFound for a text that none can have
     */
    public static String requireId(String parameter, String id) {
        if (!ID.matcher(id).matches()) {
            throw new Refusal.NotFound(new Finding(
                    "{" + parameter + "}",
                    "id",
                    "An id has 1 to 60 letters, digits, dots, hyphens and underscores.",
                    "编号为 1 至 60 位字母、数字、点、连字符或下划线。"));
        }
        return id;
    }

    /** Returns the reason of a withdrawal. @throws Refusal.Malformed if it is absent or no line of text */
    public static String requireReason(@Nullable String reason) {
        String text = QueryParameters.parseText("reason", reason, MAX_REASON_LENGTH);
        if (text == null) {
            throw new Refusal.Malformed(Finding.query("reason", "required", "Expected a reason.", "缺少撤回原因。"));
        }
        return text;
    }
}
