/** The recognition of a credential (学分/证书互认): a certificate submitted in a country, and the country's decision. */
@NullMarked
package org.voyage.standards.credential;

import org.jspecify.annotations.NullMarked;
