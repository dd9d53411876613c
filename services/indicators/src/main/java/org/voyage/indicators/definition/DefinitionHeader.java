package org.voyage.indicators.definition;

/** Common members at the beginning and end of every definition. */
final class DefinitionHeader {

    private DefinitionHeader() {}

    static LocalizedText parseText(YamlObjectReader fields) {
        LocalizedText text = new LocalizedText(fields.requireText("zh"), fields.requireText("en"));
        fields.requireNothingElse();
        return text;
    }

    static Unit parseUnit(YamlObjectReader fields) {
        Unit unit = new Unit(fields.requireSlug("code"), fields.requireText("zh"), fields.requireText("en"));
        fields.requireNothingElse();
        return unit;
    }
}
