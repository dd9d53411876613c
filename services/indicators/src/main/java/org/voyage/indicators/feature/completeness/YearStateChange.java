package org.voyage.indicators.feature.completeness;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** State of a year of one service for one province, as the stream sends it after a change. */
@Schema(name = "YearState", description = "State of a year after a change. / 年度状态变更后的状态。")
public record YearStateChange(
        String service,
        String province,
        int year,

        @Schema(
                description = "open, submitted, accepted or locked / "
                        + "open（未提交）、submitted（已提交）、accepted（已接收）或 locked（已锁定）",
                examples = "submitted")
        String state) {}
