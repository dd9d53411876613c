package org.voyage.indicators.query;

import jakarta.enterprise.context.RequestScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.voyage.indicators.live.LiveReader;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.web.Refusal;

/**
 * What the caller may see of the figures: national totals are for every bureau, the values of a single province only
 * for its own.
 */
@RequestScoped
public class Readership {

    private final Caller caller;
    private final LiveReader live;

    Readership(Caller caller, LiveReader live) {
        this.caller = caller;
        this.live = live;
    }

    /**
     * @return the only province whose own values may be shown; empty when all may
     * @throws Refusal.Unauthenticated without a token
     * @throws Refusal.Forbidden for who reads no figures
     */
    public Optional<String> province() {
        return caller.reads().province().map(Province::code);
    }

    /** @throws Refusal.NotFound when another province's values are asked for */
    public void check(Map<String, Set<String>> filters) {
        Set<String> asked = filters.getOrDefault("province", Set.of());
        province().ifPresent(own -> {
            if (!asked.isEmpty() && !asked.equals(Set.of(own))) {
                throw new Refusal.NotFound();
            }
        });
    }

    /** @throws Refusal.Unavailable while the figures are being filled after a start */
    public void figuresAreThere() {
        if (!live.caughtUp()) {
            throw new Refusal.Unavailable(2);
        }
    }
}
