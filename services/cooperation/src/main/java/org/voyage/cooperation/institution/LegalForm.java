package org.voyage.cooperation.institution;

/** Legal form of an institution: legal person or not (contracts/reference/legal-forms.csv). */
public enum LegalForm {
    LEGAL_PERSON,
    NON_LEGAL_PERSON
}
