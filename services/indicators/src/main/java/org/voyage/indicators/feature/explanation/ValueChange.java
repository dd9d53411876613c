package org.voyage.indicators.feature.explanation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.ResultCell;

/**
 * Change of a value between two checkpoints, with its causes. An absent value, such as a share of nothing, is 0 in
 * differences.
 *
 * @param period the year or period that the value is about
 */
public record ValueChange(ValueAtCheckpoint from, ValueAtCheckpoint to, String period, AttributedChange attribution) {

    /**
     * @param offsets per topic and partition the offset of the first event that was not known yet
     * @param exact the value, not rounded; null without a value
     * @param isReported whether any province had reported about the period; otherwise a value of 0 is unknown
     * @param version of the definition of the value
     * @param listVersions version of each list that decided which records count
     */
    public record ValueAtCheckpoint(
            Instant time,
            Map<String, Map<String, Long>> offsets,
            @Nullable BigDecimal exact,
            boolean isReported,
            int version,
            Map<String, String> listVersions) {

        /** Returns the value as an answer shows it; null where no province had reported. */
        public @Nullable BigDecimal shownValue() {
            return isReported ? ResultCell.roundForDisplay(exact) : null;
        }
    }

    /**
     * The share of one cause.
     *
     * @param events number of events that changed the value; 0 for a cause without events
     */
    public record CauseShare(ChangeReason cause, int events, BigDecimal amount) {}

    /** Returns the difference of the shown values. */
    public BigDecimal difference() {
        return difference(ResultCell::roundForDisplay);
    }

    private BigDecimal difference(UnaryOperator<@Nullable BigDecimal> shown) {
        return orZero(shown.apply(to.exact())).subtract(orZero(shown.apply(from.exact())));
    }

    /** Returns the shares of the causes, with the decimals of the difference, to which they add up. */
    public List<CauseShare> causeShares() {
        return causeShares(ResultCell::roundForDisplay);
    }

    /**
     * Returns the shares of the causes for values with another rounding.
     *
     * @param shown rounds a value, to null without a value
     */
    public List<CauseShare> causeShares(UnaryOperator<@Nullable BigDecimal> shown) {
        Map<ChangeReason, BigDecimal> amounts = roundToSum(attribution.sumByCause(), difference(shown));
        List<CauseShare> parts = new ArrayList<>();
        amounts.forEach((why, amount) ->
                parts.add(new CauseShare(why, attribution.effectsOf(why).events(), amount)));
        return parts;
    }

    /** Rounds each amount and keeps the sum. The remainder goes to the amounts that lost most by rounding. */
    private static Map<ChangeReason, BigDecimal> roundToSum(Map<ChangeReason, BigDecimal> exact, BigDecimal sum) {
        int decimals = Math.max(0, sum.scale());
        for (BigDecimal amount : exact.values()) {
            decimals = Math.max(
                    decimals,
                    Math.min(
                            ResultCell.MAX_DECIMALS, amount.stripTrailingZeros().scale()));
        }
        BigDecimal unit = BigDecimal.ONE.movePointLeft(decimals);
        Map<ChangeReason, BigDecimal> rounded = new EnumMap<>(ChangeReason.class);
        BigDecimal left = sum;
        for (Map.Entry<ChangeReason, BigDecimal> each : exact.entrySet()) {
            BigDecimal amount = each.getValue().setScale(decimals, RoundingMode.HALF_UP);
            rounded.put(each.getKey(), amount);
            left = left.subtract(amount);
        }
        BigDecimal step = left.signum() < 0 ? unit.negate() : unit;
        List<ChangeReason> byLoss = new ArrayList<>(exact.keySet());
        byLoss.sort(Comparator.comparing(
                (ChangeReason why) -> exact.getOrDefault(why, BigDecimal.ZERO)
                        .subtract(rounded.getOrDefault(why, BigDecimal.ZERO))
                        .multiply(step),
                Comparator.reverseOrder()));
        for (int i = 0; left.signum() != 0 && !byLoss.isEmpty(); i++) {
            rounded.merge(byLoss.get(i % byLoss.size()), step, BigDecimal::add);
            left = left.subtract(step);
        }
        rounded.replaceAll((why, amount) -> ResultCell.stripDecimals(amount));
        return rounded;
    }

    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }
}
