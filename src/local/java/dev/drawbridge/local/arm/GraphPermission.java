package dev.drawbridge.local.arm;

/** The application permissions of Microsoft Graph that matter for service principals. */
public enum GraphPermission {
  APPLICATION_READ_ALL,
  APPLICATION_READ_WRITE_ALL
}
