@NullMarked
package org.voyage.standards.recognition;

import org.jspecify.annotations.NullMarked;
