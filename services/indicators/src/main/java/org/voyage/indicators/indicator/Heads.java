package org.voyage.indicators.indicator;

/** What every definition begins and ends with. */
final class Heads {

    private Heads() {}

    static Text text(Fields fields) {
        Text text = new Text(fields.text("zh"), fields.text("en"));
        fields.nothingElse();
        return text;
    }

    static Unit unit(Fields fields) {
        Unit unit = new Unit(fields.slug("code"), fields.text("zh"), fields.text("en"));
        fields.nothingElse();
        return unit;
    }
}
