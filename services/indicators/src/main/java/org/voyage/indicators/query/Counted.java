package org.voyage.indicators.query;

import java.util.List;
import java.util.function.Function;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

/** Questions that only a figure can answer that is counted from records. */
public final class Counted {

    private Counted() {}

    /**
     * @param instead the addresses to ask when the figure is derived
     * @throws Refusal.NotFound when there is no such figure
     * @throws Refusal.Malformed when it is derived from others
     */
    public static Indicator in(Catalogue catalogue, String code, Function<Derived, List<String>> instead) {
        return switch (catalogue.find(code).orElseThrow(Refusal.NotFound::new)) {
            case Indicator indicator -> indicator;
            case Derived derived -> {
                String links = String.join(" , ", instead.apply(derived));
                throw new Refusal.Malformed(new Finding(
                        "{code}",
                        "figure-is-derived",
                        "This figure is derived from others and has no records of its own. Ask: " + links,
                        "该指标由其他指标派生，没有自己的记录。请查询：" + links));
            }
        };
    }
}
