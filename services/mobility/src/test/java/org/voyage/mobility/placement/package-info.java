@NullMarked
package org.voyage.mobility.placement;

import org.jspecify.annotations.NullMarked;
