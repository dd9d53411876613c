@NullMarked
package org.voyage.mobility.assignment;

import org.jspecify.annotations.NullMarked;
