@NullMarked
package org.voyage.overseas.school;

import org.jspecify.annotations.NullMarked;
