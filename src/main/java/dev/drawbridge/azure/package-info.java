/** Azure Resource Manager and Microsoft Graph, as the core's ports. */
@NullMarked
package dev.drawbridge.azure;

import org.jspecify.annotations.NullMarked;
