package org.voyage.indicators.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Form of the codes of a dimension without a code list, such as the ten digits of a college. The event schemas of the
 * records define it.
 *
 * @param explanation the form in words
 */
public record CodeForm(Pattern pattern, LocalizedText explanation) {

    private static final Map<String, LocalizedText> EXPLANATIONS_BY_PATTERN = Map.of(
            "^41[0-9]{8}$",
            new LocalizedText(
                    "学校标识码为 41、省份代码加序号，共 10 位", "the ministry's school code, 41, province and serial, 10 digits"),
            "^[0-9]{6}$",
            new LocalizedText("专业目录（2021年）六位代码", "six digits of the vocational catalogue of 2021"));

    /** Returns the form of the codes of a dimension; empty when its codes have none. */
    public static Optional<CodeForm> findForm(Figure figure, String dimension) {
        return figure.countedFigures().stream()
                .flatMap(counted -> findForm(counted, dimension).stream())
                .findFirst();
    }

    private static Optional<CodeForm> findForm(CountedFigure figure, String dimension) {
        Optional<MultiValuedDimension> list =
                figure.multiValued().filter(each -> each.dimension().equals(dimension));
        if (list.flatMap(MultiValuedDimension::member).isPresent()) {
            return Optional.empty();
        }
        String field = list.map(MultiValuedDimension::field).orElse(dimension);
        return figure.records().stream()
                .flatMap(record -> findForm(record, field).stream())
                .findFirst();
    }

    private static Optional<CodeForm> findForm(String record, String field) {
        return RecordFields.of(List.of(record))
                .map(fields -> fields.byName().get(field))
                .filter(property -> !property.pattern().isEmpty())
                .map(property -> new CodeForm(Pattern.compile(property.pattern()), explainPattern(property.pattern())));
    }

    private static LocalizedText explainPattern(String pattern) {
        return EXPLANATIONS_BY_PATTERN.getOrDefault(
                pattern, new LocalizedText("应匹配 " + pattern, "it matches " + pattern));
    }

    public boolean isMetBy(String code) {
        return pattern.matcher(code).matches();
    }
}
