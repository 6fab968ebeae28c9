/** Operations and grants in Azure Table storage. */
@NullMarked
package dev.drawbridge.ledger;

import org.jspecify.annotations.NullMarked;
