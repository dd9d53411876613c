/** Tests of personal. */
@NullMarked
package org.voyage.mobility.personal;

import org.jspecify.annotations.NullMarked;
