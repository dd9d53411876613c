package org.voyage.indicators.explanation;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.Component;

/** A counted figure, its value when it is looked at as a whole, and its facts. */
record Facts(Component counted, @Nullable BigDecimal value, Behind behind) {}
