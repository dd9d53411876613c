package org.voyage.indicators.indicator;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every figure that this service knows, by code. */
public final class Catalogue {

    private final Map<String, Indicator> byCode;

    public Catalogue(Collection<Indicator> indicators) {
        Map<String, Indicator> map = new TreeMap<>();
        for (Indicator indicator : indicators) {
            map.put(indicator.code(), indicator);
        }
        this.byCode = Collections.unmodifiableMap(map);
    }

    public Collection<Indicator> all() {
        return byCode.values();
    }

    public Optional<Indicator> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }
}
