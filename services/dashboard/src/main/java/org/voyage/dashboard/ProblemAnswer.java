package org.voyage.dashboard;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * Refusal by the dashboard's server itself, as a problem document (RFC 9457) like those of the services.
 *
 * @param slug last part of the problem's type
 */
record ProblemAnswer(int status, String slug, String title, String titleZh, String detail, String detailZh) {
    static final String MEDIA_TYPE = "application/problem+json";
    static final String RETRY_AFTER_SECONDS = "2";

    static final ProblemAnswer NO_SESSION = new ProblemAnswer(
            401,
            "unauthenticated",
            "Not authenticated",
            "未通过身份验证",
            "You are not signed in, or your session has ended.",
            "您尚未登录，或登录已失效。");
    static final ProblemAnswer OTHER_SITE = new ProblemAnswer(
            403,
            "forbidden",
            "Not allowed",
            "无权操作",
            "This write does not come from a page of this platform: those send the header X-Voyage-Request.",
            "该写入请求并非来自本平台页面：本平台页面的写入请求均带有 X-Voyage-Request 标头。");
    static final ProblemAnswer NO_SERVICE = new ProblemAnswer(
            404, "not-found", "Not found", "未找到", "No service offers this path here.", "此地址下没有服务提供该路径。");
    static final ProblemAnswer SERVICE_DOWN = new ProblemAnswer(
            503,
            "unavailable",
            "Not available",
            "暂不可用",
            "This service does not answer now. Try again in some seconds.",
            "该服务暂时没有响应，请数秒后重试。");

    static final ProblemAnswer SESSION_NOT_RENEWED = new ProblemAnswer(
            503,
            "unavailable",
            "Not available",
            "暂不可用",
            "The OpenID provider does not renew your session now. You stay signed in. Try again in some seconds.",
            "统一身份认证系统暂时无法续期您的登录。您仍处于登录状态，请数秒后重试。");
    static final ProblemAnswer NO_UPGRADE = new ProblemAnswer(
            400,
            "malformed",
            "Cannot be read",
            "请求无法解析",
            "This address has no WebSocket and no other protocol; streams are server-sent events.",
            "此地址不提供 WebSocket 等其他协议；数据流使用服务器推送事件（SSE）。");
    static final ProblemAnswer BAD_PATH = new ProblemAnswer(
            400,
            "malformed",
            "Cannot be read",
            "请求无法解析",
            "The path is not UTF-8 in percent encoding.",
            "路径不是百分号编码的 UTF-8。");
    static final ProblemAnswer NOTHING_HERE =
            new ProblemAnswer(404, "not-found", "Not found", "未找到", "There is nothing here.", "此处没有内容。");
    static final ProblemAnswer NO_SUCH_METHOD = new ProblemAnswer(
            405,
            "method-not-allowed",
            "Method not allowed",
            "方法不允许",
            "This path does not know the method.",
            "该路径不支持此方法。");

    /** @param seconds time in which the service answered neither the request nor a question for its health */
    static ProblemAnswer serviceSilent(long seconds) {
        return new ProblemAnswer(
                504,
                "service-silent",
                "Service does not answer",
                "服务无响应",
                "This service has not answered for " + seconds
                        + " s. The request may have had an effect. Try again in some seconds.",
                "该服务已超过 " + seconds + " 秒没有响应，本次请求可能已经生效。请数秒后重试。");
    }

    Buffer toBuffer() {
        return new JsonObject()
                .put("type", "urn:voyage:problem:" + slug)
                .put("title", title)
                .put("titleZh", titleZh)
                .put("status", status)
                .put("detail", detail)
                .put("detailZh", detailZh)
                .toBuffer();
    }

    /** Sends the answer. A body that still arrives is not read: the connection ends. */
    void sendTo(RoutingContext context) {
        var response = context.response();
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (status >= 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (!context.request().isEnded()) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        context.end(toBuffer());
    }
}
