/** HTTP: start a proof, read certificates. */
@NullMarked
package org.voyage.indicators.feature.verification.http;

import org.jspecify.annotations.NullMarked;
