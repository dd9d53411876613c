@NullMarked
package org.voyage.mobility.teacher;

import org.jspecify.annotations.NullMarked;
