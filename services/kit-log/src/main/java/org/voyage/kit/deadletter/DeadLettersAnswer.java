package org.voyage.kit.deadletter;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Page of dead letters as the API shows it. */
@Schema(name = "DeadLettersAnswer")
public record DeadLettersAnswer(
        List<DeadLetterAnswer> items,

        @Schema(nullable = true, description = "cursor of the next page; null on the last / 下一页游标，末页为 null")
        @JsonProperty("next")
        @Nullable
        String next) {}
