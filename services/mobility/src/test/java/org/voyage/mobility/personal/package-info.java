/** Tests of personal data. */
@NullMarked
package org.voyage.mobility.personal;

import org.jspecify.annotations.NullMarked;
