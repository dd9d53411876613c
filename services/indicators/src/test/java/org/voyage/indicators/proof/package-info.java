/** Tests of the proof: what is planted is found. */
@NullMarked
package org.voyage.indicators.proof;

import org.jspecify.annotations.NullMarked;
