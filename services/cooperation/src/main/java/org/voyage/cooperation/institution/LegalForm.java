package org.voyage.cooperation.institution;

/** Whether an institution is a legal person (contracts/reference/legal-forms.csv). */
public enum LegalForm {
    LEGAL_PERSON,
    NON_LEGAL_PERSON
}
