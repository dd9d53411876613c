@NullMarked
package org.voyage.overseas.training;

import org.jspecify.annotations.NullMarked;
