package org.voyage.kit.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refusal of a request: the only exception that a command throws on purpose. HTTP answers and bulk rows report the same
 * refusal; {@link ProblemType#of(Refusal)} is the one table from refusal to status.
 *
 * <p>A refusal is an answer, not an accident: it carries no stack trace and is not logged as an error.
 */
public abstract sealed class Refusal extends RuntimeException {
    private final String detail;
    private final String detailZh;

    private Refusal(String detail, String detailZh) {
        super(detail, null, false, false);
        this.detail = detail;
        this.detailZh = detailZh;
    }

    public String detail() {
        return detail;
    }

    public String detailZh() {
        return detailZh;
    }

    /** Returns the findings; empty for a refusal of the request as a whole. */
    public List<Finding> findings() {
        return List.of();
    }

    /** Returns the use of the quota that refuses the request; null if it is no quota. */
    public @Nullable QuotaUsage usage() {
        return null;
    }

    /** The request cannot be read at all: broken JSON, an unknown query parameter, an invalid cursor. */
    public static final class Malformed extends Refusal {
        private final List<Finding> findings;

        public Malformed(String detail, String detailZh) {
            super(detail, detailZh);
            this.findings = List.of();
        }

        public Malformed(Finding finding) {
            super(finding.detail(), finding.detailZh());
            this.findings = List.of(finding);
        }

        @Override
        public List<Finding> findings() {
            return findings;
        }
    }

    /** The request can be read, but its content breaks a rule. */
    public static final class Invalid extends Refusal {
        private final List<Finding> findings;

        /**
         * @throws IllegalArgumentException if there is no finding, because the sender could not correct such a refusal
         */
        public Invalid(List<Finding> findings) {
            super(
                    findings.size() == 1 ? findings.getFirst().detail() : findings.size() + " things are wrong.",
                    findings.size() == 1 ? findings.getFirst().detailZh() : "共有 " + findings.size() + " 处错误。");
            if (findings.isEmpty()) {
                throw new IllegalArgumentException("a refusal needs a finding");
            }
            this.findings = List.copyOf(findings);
        }

        public Invalid(Finding finding) {
            this(List.of(finding));
        }

        @Override
        public List<Finding> findings() {
            return findings;
        }
    }

    /** The caller is unknown: no token, or an invalid one. */
    public static final class Unauthenticated extends Refusal {
        private final boolean tokenSent;

        public Unauthenticated(boolean tokenSent) {
            super(
                    tokenSent ? "The bearer token does not hold." : "This needs a bearer token.",
                    tokenSent ? "令牌无效或已过期。" : "请求需要携带 Bearer 令牌。");
            this.tokenSent = tokenSent;
        }

        /** Returns the challenge of RFC 6750 for the {@code WWW-Authenticate} header. */
        String challenge() {
            return tokenSent ? "Bearer error=\"invalid_token\"" : "Bearer";
        }
    }

    /** The caller is known and may not do this, whatever the object. */
    public static final class Forbidden extends Refusal {
        private final List<Finding> findings;

        public Forbidden(String detail, String detailZh) {
            super(detail, detailZh);
            this.findings = List.of();
        }

        /** @param finding the part of the request that this caller may not ask for */
        public Forbidden(Finding finding) {
            super(finding.detail(), finding.detailZh());
            this.findings = List.of(finding);
        }

        @Override
        public List<Finding> findings() {
            return findings;
        }
    }

    /**
     * The object does not exist for this caller. A record of another province gets exactly the same text as a missing
     * one, so the refusal has no text of its own. Only a part of the path that names nothing for anybody has a
     * finding.
     */
    public static final class NotFound extends Refusal {
        private final List<Finding> findings;

        public NotFound() {
            super("There is nothing here.", "此处没有内容。");
            this.findings = List.of();
        }

        /** @param finding the part of the path that can name nothing for any caller */
        public NotFound(Finding finding) {
            super(finding.detail(), finding.detailZh());
            this.findings = List.of(finding);
        }

        @Override
        public List<Finding> findings() {
            return findings;
        }
    }

    public static final class MethodNotAllowed extends Refusal {
        private final String allow;

        public MethodNotAllowed(String allow) {
            super("This path does not know the method.", "该路径不支持此方法。");
            this.allow = allow;
        }

        String allow() {
            return allow;
        }
    }

    public static final class NotAcceptable extends Refusal {
        public NotAcceptable() {
            super("None of the accepted media types can be given.", "无法提供所要求的媒体类型。");
        }

        /** @param offered the available media types */
        public NotAcceptable(List<String> offered) {
            super(
                    "None of the accepted media types can be given. Offered: " + String.join(", ", offered) + ".",
                    "无法提供所要求的媒体类型。可用：" + String.join("、", offered) + "。");
        }
    }

    /** The request contradicts the current state, or another write was faster; a new read shows how. */
    public static final class Conflict extends Refusal {
        private final List<Finding> findings;

        public Conflict(String detail, String detailZh) {
            super(detail, detailZh);
            this.findings = List.of();
        }

        public Conflict(Finding finding) {
            super(finding.detail(), finding.detailZh());
            this.findings = List.of(finding);
        }

        /** @param findings at least one */
        public Conflict(List<Finding> findings) {
            super(
                    findings.size() == 1 ? findings.getFirst().detail() : findings.size() + " things are in the way.",
                    findings.size() == 1 ? findings.getFirst().detailZh() : "共有 " + findings.size() + " 处冲突。");
            this.findings = List.copyOf(findings);
        }

        @Override
        public List<Finding> findings() {
            return findings;
        }
    }

    /** Another request with the same {@code Idempotency-Key} is being carried out. */
    public static final class KeyInUse extends Refusal {
        private final int retryAfterSeconds;

        public KeyInUse(int retryAfterSeconds) {
            super("The first request with this Idempotency-Key is still running.", "使用该 Idempotency-Key 的首个请求仍在处理中。");
            this.retryAfterSeconds = retryAfterSeconds;
        }

        int retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }

    /** The {@code Idempotency-Key} belongs to another request. */
    public static final class KeyReused extends Refusal {
        public KeyReused() {
            super(
                    "This Idempotency-Key was sent before with another request; a new request needs a new key.",
                    "该 Idempotency-Key 已用于另一请求；新的请求须使用新的键。");
        }
    }

    /** The position in a feed is older than all events that are kept. */
    public static final class PositionExpired extends Refusal {
        private final String next;

        /** @param next path where the reader goes on; empty if there is none */
        public PositionExpired(String next) {
            super(
                    "The events after this position are no longer kept."
                            + (next.isEmpty() ? "" : " Go on at " + next + "."),
                    "该位置之后的事件已不再保留。" + (next.isEmpty() ? "" : "请从 " + next + " 继续。"));
            this.next = next;
        }

        String next() {
            return next;
        }
    }

    /** The alliance of the token is not admitted; an operator can admit it. */
    public static final class AllianceNotAdmitted extends Refusal {
        public AllianceNotAdmitted() {
            super(
                    "The alliance that your token names is not admitted. Ask the operators of the platform to admit it under"
                            + " this code.",
                    "令牌所示的联盟尚未准入。请联系全国运行组，以该联盟代码办理准入。");
        }
    }

    /** The alliance is suspended; an operator can end the suspension. */
    public static final class AllianceSuspended extends Refusal {
        public AllianceSuspended() {
            super("This alliance is suspended at present.", "该联盟已被暂停使用。");
        }
    }

    /** The caller has used up a quota; nothing was done. */
    public static final class QuotaExceeded extends Refusal {
        private final QuotaUsage usage;

        /**
         * @param detail names the quota and says how the caller can free a part of it; the use follows as a sentence
         * @param usage used amount, limit, and the time when there is room again
         */
        public QuotaExceeded(String detail, String detailZh, QuotaUsage usage) {
            super(detail + " " + usage.toSentence(), detailZh + usage.toSentenceZh());
            this.usage = usage;
        }

        @Override
        public QuotaUsage usage() {
            return usage;
        }
    }

    /** The disk of the service keeps a floor of free space, which the request would use; nothing was done. */
    public static final class StorageFull extends Refusal {
        private final QuotaUsage usage;

        /** @param usage used and available bytes of the disk, and the time of the next attempt */
        public StorageFull(String detail, String detailZh, QuotaUsage usage) {
            super(detail + " " + usage.toSentence(), detailZh + usage.toSentenceZh());
            this.usage = usage;
        }

        @Override
        public QuotaUsage usage() {
            return usage;
        }
    }

    /** The service must not send anything to this URL. */
    public static final class UrlNotAllowed extends Refusal {
        private final Finding finding;

        /** @param finding the URL, and the reason */
        public UrlNotAllowed(Finding finding) {
            super(finding.detail(), finding.detailZh());
            this.finding = finding;
        }

        @Override
        public List<Finding> findings() {
            return List.of(finding);
        }
    }

    /** {@code If-Match} or {@code If-None-Match} does not match the current version. */
    public static final class PreconditionFailed extends Refusal {
        public PreconditionFailed(String detail, String detailZh) {
            super(detail, detailZh);
        }
    }

    public static final class TooLarge extends Refusal {
        public TooLarge(long limitBytes) {
            super("The body is larger than " + limitBytes + " bytes.", "请求正文超过 " + limitBytes + " 字节。");
        }
    }

    /** The head or the body of the request arrived too slowly. */
    public static final class RequestTimeout extends Refusal {
        /** @param detail names the limit */
        public RequestTimeout(String detail, String detailZh) {
            super(detail, detailZh);
        }
    }

    /** The request line is longer than the HTTP server reads. */
    public static final class UriTooLong extends Refusal {
        public UriTooLong(long limitBytes) {
            super("The request line is longer than " + limitBytes + " bytes.", "请求行超过 " + limitBytes + " 字节。");
        }
    }

    public static final class HeadersTooLarge extends Refusal {
        public HeadersTooLarge(long limitBytes) {
            super(
                    "The headers of the request are larger than " + limitBytes + " bytes.",
                    "请求头超过 " + limitBytes + " 字节。");
        }
    }

    public static final class UnsupportedMediaType extends Refusal {
        public UnsupportedMediaType(String detail, String detailZh) {
            super(detail, detailZh);
        }
    }

    /** The caller asks faster than its limit; nothing was done. */
    public static final class TooManyRequests extends Refusal {
        private final long retryAfterSeconds;
        private final @Nullable QuotaUsage usage;

        public TooManyRequests(long retryAfterSeconds) {
            super(
                    "More requests than the limit allows; go on in " + retryAfterSeconds + " s.",
                    "请求过于频繁，请在 " + retryAfterSeconds + " 秒后继续。");
            this.retryAfterSeconds = retryAfterSeconds;
            this.usage = null;
        }

        /** @param detail names the limit */
        public TooManyRequests(long retryAfterSeconds, String detail, String detailZh) {
            super(detail, detailZh);
            this.retryAfterSeconds = retryAfterSeconds;
            this.usage = null;
        }

        /** @param usage used places and the limit */
        public TooManyRequests(long retryAfterSeconds, String detail, String detailZh, QuotaUsage usage) {
            super(detail + " " + usage.toSentence(), detailZh + usage.toSentenceZh());
            this.retryAfterSeconds = retryAfterSeconds;
            this.usage = usage;
        }

        @Override
        public @Nullable QuotaUsage usage() {
            return usage;
        }

        long retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }

    /** The figures do not yet hold the write that the receipt names. */
    public static final class ReceiptPending extends Refusal {
        private final int retryAfterSeconds;

        public ReceiptPending(int retryAfterSeconds) {
            super("The write of this receipt is not in the figures yet.", "该回执对应的写入尚未计入统计。");
            this.retryAfterSeconds = retryAfterSeconds;
        }

        int retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }

    /** A resource that this service needs is unavailable; nothing was done, and a later retry is right. */
    public static final class Unavailable extends Refusal {
        private final int retryAfterSeconds;
        private final @Nullable QuotaUsage usage;

        public Unavailable(int retryAfterSeconds) {
            this(retryAfterSeconds, "Not available at the moment; please try again.", "服务暂时不可用，请稍后重试。");
        }

        public Unavailable(int retryAfterSeconds, String detail, String detailZh) {
            super(detail, detailZh);
            this.retryAfterSeconds = retryAfterSeconds;
            this.usage = null;
        }

        /** @param usage used places and the limit */
        public Unavailable(int retryAfterSeconds, String detail, String detailZh, QuotaUsage usage) {
            super(detail + " " + usage.toSentence(), detailZh + usage.toSentenceZh());
            this.retryAfterSeconds = retryAfterSeconds;
            this.usage = usage;
        }

        @Override
        public @Nullable QuotaUsage usage() {
            return usage;
        }

        int retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }

    /** A fault of the service. It shows nothing of the inside; the log has the details under the request's id. */
    public static final class Internal extends Refusal {
        public Internal() {
            super("Something went wrong on our side; the request id names it.", "服务器内部错误，请提供请求编号以便查询。");
        }
    }
}
