/** What of {@code infra/} and the deployment can be checked without Azure and Bicep's compiler. */
@NullMarked
package dev.drawbridge.infra;

import org.jspecify.annotations.NullMarked;
