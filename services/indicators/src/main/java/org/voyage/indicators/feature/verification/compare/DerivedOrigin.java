package org.voyage.indicators.feature.verification.compare;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a differing value of a derived figure went wrong. */
@Schema(
        name = "DerivedOrigin",
        enumeration = {"cells", "sums", "derivation"})
enum DerivedOrigin {
    /** In the cells behind it, which differ too. */
    CELLS,
    /** In what is summed up of these: the cells are equal, and the values that it is made of are not. */
    SUMS,
    /** In the derivation itself: whatever it is made of is equal. */
    DERIVATION;

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
