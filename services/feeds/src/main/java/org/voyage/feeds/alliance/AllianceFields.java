package org.voyage.feeds.alliance;

import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.FieldReader;

/**
 * What an operator states of an alliance.
 *
 * @param name in Chinese
 * @param contact how operators reach it
 */
record AllianceFields(String name, String nameEn, @Nullable String contact) {

    private static final int MAX_NAME_LENGTH = 200;
    private static final int MAX_CONTACT_LENGTH = 500;

    static AllianceFields read(FieldReader fields) {
        AllianceFields read = new AllianceFields(
                fields.readText("name", MAX_NAME_LENGTH),
                fields.readText("nameEn", MAX_NAME_LENGTH),
                fields.readOptionalText("contact", MAX_CONTACT_LENGTH));
        fields.requireNoFindings();
        return read;
    }
}
