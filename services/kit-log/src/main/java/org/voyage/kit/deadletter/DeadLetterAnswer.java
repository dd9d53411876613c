package org.voyage.kit.deadletter;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Base64;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.deadletter.DeadLetter.DeadLetterLocation;

/** Dead letter as the API shows it. */
@Schema(
        name = "DeadLetterAnswer",
        description = "Event that could not be read. The older state of its key counts until a readable event comes. / "
                + "无法读取的事件；收到可读的后续事件之前，按该记录的原状态计入。")
public record DeadLetterAnswer(
        String topic,
        int partition,
        long offset,

        @Schema(nullable = true) @JsonProperty("key") @Nullable
        String key,

        String reason,
        Instant storedAt,

        @Schema(
                description =
                        "whether a later event of the same key was read since: a newer version, or the newest republished"
                                + " / 此后是否已读到同一记录的后续事件：新版本，或重新发布的最新版本")
        boolean healed,

        @Schema(description = "bytes of the event, Base64 / 事件的原始字节，Base64 编码")
        String message) {

    static DeadLetterAnswer of(DeadLetter letter) {
        DeadLetterLocation location = letter.location();
        return new DeadLetterAnswer(
                location.topic(),
                Math.toIntExact(location.partition()),
                location.offset(),
                letter.key(),
                letter.reason(),
                location.storedAt(),
                letter.healed(),
                letter.content() == null ? "" : Base64.getEncoder().encodeToString(letter.content()));
    }
}
