/**
 * Azure Resource Manager, Microsoft Graph and the token endpoints of the local Azure: one tenant in
 * memory, with role-based access control enforced on every call.
 */
@NullMarked
package dev.drawbridge.local.arm;

import org.jspecify.annotations.NullMarked;
