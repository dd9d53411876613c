package org.voyage.kit.problem;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Use of a quota at the time of a refusal. It is the member {@code quota} of the problem document.
 *
 * @param used amount in use
 * @param limit largest amount that may be in use
 * @param unit unit of both amounts in English, a plural in lower case: {@code bytes}, {@code feeds}
 * @param unitZh the unit in Chinese with its measure word: 字节, 个订阅
 * @param retryAt earliest time with room again; null if only the caller can free a part of the quota
 */
public record QuotaUsage(
        long used,
        long limit,
        String unit,
        @JsonIgnore String unitZh,
        @JsonIgnore @Nullable Instant retryAt) {
    private static final DateTimeFormatter CHINA_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

    /** Returns the use of a quota that only the caller can free. */
    public static QuotaUsage ofCaller(long used, long limit, String unit, String unitZh) {
        return new QuotaUsage(used, limit, unit, unitZh, null);
    }

    public static QuotaUsage ofBytes(long used, long limit, @Nullable Instant retryAt) {
        return new QuotaUsage(used, limit, "bytes", "字节", retryAt);
    }

    /** Returns {@link #retryAt} as text, in whole seconds. */
    @JsonProperty("retryAt")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable
    String retryAtText() {
        var at = roundedRetryAt();
        return at == null ? null : at.toString();
    }

    private @Nullable Instant roundedRetryAt() {
        return retryAt == null ? null : retryAt.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Returns the time until there is room again, at least a second; 0 if only the caller can free a part. */
    long retryAfterSeconds() {
        var at = roundedRetryAt();
        return at == null ? 0 : Math.max(1, Duration.between(Instant.now(), at).toSeconds());
    }

    /** Returns the use as an English sentence. */
    String toSentence() {
        return "In use: %d of %d %s.".formatted(used, limit, unit)
                + (retryAt == null ? "" : " There is room again at " + retryAtText() + ".");
    }

    /** Returns the use as a Chinese sentence, with the time of Beijing. */
    String toSentenceZh() {
        var at = roundedRetryAt();
        return "已用 %d %s，上限 %d %s。".formatted(used, unitZh, limit, unitZh)
                + (at == null ? "" : "北京时间 " + CHINA_TIME.format(at) + " 起可继续。");
    }
}
