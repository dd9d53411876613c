package org.voyage.kit.reference;

import java.time.LocalDate;
import java.time.ZoneId;

/** The calendar by which bureaus count. */
public final class ChinaTime {

    public static final ZoneId CHINA_ZONE = ZoneId.of("Asia/Shanghai");

    private ChinaTime() {}

    public static LocalDate today() {
        return LocalDate.now(CHINA_ZONE);
    }
}
