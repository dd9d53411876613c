package org.voyage.kit.problem;

/**
 * Type of a problem: the one table from refusal to answer. It is exhaustive by the compiler: a new kind of refusal does
 * not compile until it has its line here.
 */
public record ProblemType(String slug, int status, String title, String titleZh) {

    public static ProblemType of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Malformed _ -> new ProblemType("malformed", 400, "Cannot be read", "请求无法解析");
            case Refusal.Unauthenticated _ -> new ProblemType("unauthenticated", 401, "Not authenticated", "未通过身份验证");
            case Refusal.Forbidden _ -> new ProblemType("forbidden", 403, "Not allowed", "无权操作");
            case Refusal.AllianceNotAdmitted _ ->
                new ProblemType("alliance-not-admitted", 403, "Alliance not admitted", "联盟未准入");
            case Refusal.AllianceSuspended _ ->
                new ProblemType("alliance-suspended", 403, "Alliance suspended", "联盟已暂停");
            case Refusal.NotFound _ -> new ProblemType("not-found", 404, "Not found", "未找到");
            case Refusal.MethodNotAllowed _ ->
                new ProblemType("method-not-allowed", 405, "Method not allowed", "方法不允许");
            case Refusal.NotAcceptable _ -> new ProblemType("not-acceptable", 406, "Not acceptable", "无法满足的媒体类型");
            case Refusal.RequestTimeout _ -> new ProblemType("request-timeout", 408, "Too slow", "请求超时");
            case Refusal.Conflict _ -> new ProblemType("conflict", 409, "Conflict", "冲突");
            case Refusal.KeyInUse _ ->
                new ProblemType("idempotency-key-in-use", 409, "Idempotency key in use", "幂等键使用中");
            case Refusal.PositionExpired _ ->
                new ProblemType("position-expired", 410, "Position no longer kept", "位置已过期");
            case Refusal.PreconditionFailed _ ->
                new ProblemType("precondition-failed", 412, "Precondition failed", "前提条件不成立");
            case Refusal.TooLarge _ -> new ProblemType("too-large", 413, "Too large", "内容过大");
            case Refusal.UriTooLong _ -> new ProblemType("uri-too-long", 414, "Path too long", "请求地址过长");
            case Refusal.UnsupportedMediaType _ ->
                new ProblemType("unsupported-media-type", 415, "Unsupported media type", "不支持的媒体类型");
            case Refusal.Invalid _ -> new ProblemType("invalid", 422, "Breaks a rule", "内容不符合规则");
            case Refusal.KeyReused _ ->
                new ProblemType("idempotency-key-reused", 422, "Idempotency key of another request", "幂等键已被其他请求使用");
            case Refusal.UrlNotAllowed _ -> new ProblemType("url-not-allowed", 422, "URL not allowed", "不允许的网址");
            case Refusal.TooManyRequests _ -> new ProblemType("too-many-requests", 429, "Too many requests", "请求过于频繁");
            case Refusal.QuotaExceeded _ -> new ProblemType("quota-exceeded", 429, "Quota exceeded", "超出配额");
            case Refusal.HeadersTooLarge _ -> new ProblemType("headers-too-large", 431, "Headers too large", "请求头过大");
            case Refusal.Internal _ -> new ProblemType("internal", 500, "Internal error", "内部错误");
            case Refusal.ReceiptPending _ -> new ProblemType("receipt-pending", 503, "Receipt pending", "回执尚未生效");
            case Refusal.Unavailable _ -> new ProblemType("unavailable", 503, "Not available", "暂不可用");
            case Refusal.StorageFull _ -> new ProblemType("storage-full", 507, "Storage full", "存储空间不足");
        };
    }

    public String uri() {
        return "urn:voyage:problem:" + slug;
    }
}
