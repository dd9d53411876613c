package org.voyage.standards.credential;

import org.voyage.kit.input.FieldReader;

/** Rules between the fields of a credential recognition. */
class CredentialRecognitionRules extends CredentialRecognitionJson {

    @Override
    public void checkFields(FieldReader in, CredentialRecognition recognition) {
        if (recognition.decidedOn().isBefore(recognition.submittedOn())) {
            in.refuseField(
                    "decidedOn", "decided-after-submitted", "It is decided before it was submitted.", "决定日期早于提交日期。");
        }
    }
}
