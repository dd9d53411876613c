package org.voyage.kit.http;

import org.voyage.kit.problem.QuotaUsage;
import org.voyage.kit.problem.Refusal;

/**
 * Lack of a place for a request: the limit that is reached.
 *
 * @param used number of requests that are under way
 * @param limit largest number of them
 */
record PlaceShortage(ShortageScope scope, int used, int limit) {

    /** Callers that a limit concerns. */
    enum ShortageScope {
        CLIENT("This client has used its places", "本账号的并发请求已达上限"),
        PROVINCE("The clients of this province have used their places", "本省各账号的并发请求合计已达上限"),
        FURTHER(
                "All clients together have used the places for further requests next to a first one",
                "各账号首个之外的并发请求合计已达上限"),
        ALL("All clients together have used the places", "全部账号的并发请求合计已达上限"),
        KIND("The places that are left are for callers of other kinds", "剩余名额保留给其他类型的用户");

        private final String text;
        private final String textZh;

        ShortageScope(String text, String textZh) {
            this.text = text;
            this.textZh = textZh;
        }

        /** Returns whether the caller can make room by itself. */
        boolean isOfCaller() {
            return this == CLIENT || this == PROVINCE;
        }
    }

    /** Returns the refusal: 429 if the caller or its province uses its whole share, otherwise 503. */
    Refusal toRefusal(RequestCost cost, int retryAfterSeconds) {
        QuotaUsage usage = QuotaUsage.ofCaller(used, limit, cost.unit(), cost.unitZh());
        String detail = scope.text + "; go on in " + retryAfterSeconds + " s.";
        String detailZh = scope.textZh + "，请在 " + retryAfterSeconds + " 秒后继续。";
        return scope.isOfCaller()
                ? new Refusal.TooManyRequests(retryAfterSeconds, detail, detailZh, usage)
                : new Refusal.Unavailable(retryAfterSeconds, detail, detailZh, usage);
    }
}
