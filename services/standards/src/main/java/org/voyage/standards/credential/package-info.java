/** The recognition of a credential (学分/证书互认): a certificate put forward in a country, and what was decided there. */
@NullMarked
package org.voyage.standards.credential;

import org.jspecify.annotations.NullMarked;
