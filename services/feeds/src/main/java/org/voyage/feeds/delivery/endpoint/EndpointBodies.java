package org.voyage.feeds.delivery.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Bodies of requests about endpoints, for the OpenAPI document. {@link EndpointBodyReader} reads them. */
final class EndpointBodies {

    private EndpointBodies() {}

    @Schema(name = "EndpointFields")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NewEndpointBody(
            @Schema(maxLength = 1000, description = "where events are posted / 接收地址，须为 https")
            String url,

            @Schema(maxItems = 2, description = "hmac, ed25519 or both; absent: hmac / 签名算法，可同时使用两种，缺省为 hmac") @Nullable
            List<String> signing,

            @Schema(description = "whether several events may come in one request; absent: false / 是否合并推送，缺省为否")
            @Nullable
            Boolean batch,

            @Schema(
                    description = "position after which deliveries begin; absent: the oldest kept event"
                            + " / 从该位置之后开始推送，缺省从现存最早事件开始")
            @Nullable
            String after) {}

    @Schema(name = "EndpointPatch")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EndpointChangeBody(
            @Schema(maxLength = 1000, description = "a new one is proven again / 新的接收地址，须重新验证") @Nullable
            String url,

            @Schema(description = "whether several events may come in one request / 是否合并推送") @Nullable
            Boolean batch,

            @Schema(description = "false stops the deliveries / 设为 false 即停止推送") @Nullable
            Boolean enabled) {}

    @Schema(name = "SecretFields")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NewSecretBody(
            @Schema(
                    enumeration = {"hmac", "ed25519"},
                    description = "of the signature / 签名算法")
            String algorithm,

            @Schema(
                    description = "how long the former secrets sign along, at most 30 days; absent: 24 hours"
                            + " / 旧密钥继续签名的时长，最长 30 天，缺省 24 小时")
            @Nullable
            String overlap) {}

    @Schema(name = "ReplayFields")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NewReplayBody(
            @Schema(maxItems = 1000, description = "positions of the events / 事件位置") @Nullable
            List<String> events,

            @Schema(description = "position of the first event / 起始位置") @Nullable
            String from,

            @Schema(description = "position of the last event / 终止位置") @Nullable
            String to,

            @Schema(description = "all events that were not delivered / 全部未送达事件") @Nullable
            Boolean undelivered) {}
}
