package org.voyage.indicators.values;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.Wrong;
import org.voyage.kit.web.Refusal;

/** A parameter that may stand in a question once. */
final class One {

    private One() {}

    /**
     * Its text, null without one.
     *
     * @throws Refusal.Malformed when it stands there twice
     */
    static @Nullable String of(String name, Map<String, List<String>> parameters) {
        List<String> texts = parameters.getOrDefault(name, List.of());
        if (texts.size() > 1) {
            throw Wrong.of(name, "repeated", "It may be given once.", "该参数只能出现一次。");
        }
        return texts.isEmpty() ? null : texts.getFirst();
    }
}
