package org.voyage.kit.reference;

import java.time.LocalDate;
import java.time.ZoneId;

/** Time zone and calendar of the bureaus. */
public final class ChinaTime {

    public static final ZoneId CHINA_ZONE = ZoneId.of("Asia/Shanghai");

    private ChinaTime() {}

    public static LocalDate today() {
        return LocalDate.now(CHINA_ZONE);
    }
}
