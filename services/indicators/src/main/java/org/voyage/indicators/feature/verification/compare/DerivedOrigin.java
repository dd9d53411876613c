package org.voyage.indicators.feature.verification.compare;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Origin of a differing value of a derived figure. */
@Schema(
        name = "DerivedOrigin",
        enumeration = {"cells", "sums", "derivation"})
enum DerivedOrigin {
    /** The cells behind the value, which differ too. */
    CELLS,
    /** The sums: the cells are equal, and the operands of the value are not. */
    SUMS,
    /** The derivation itself: all operands are equal. */
    DERIVATION;

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
