#!/bin/sh
# Finds Astronomer's service principal in your tenant, or makes it, and tells azd its object id.
# Making it takes Microsoft Graph's Application.ReadWrite.All or the role Cloud Application
# Administrator. Who deploys has that here, once, so that the app never needs it.
set -eu

if [ -n "${ASTRONOMER_PRINCIPAL_ID:-}" ]; then
  exit 0
fi
application=${VENDOR_APPLICATION_ID:-a67e6057-7138-4f78-bbaf-fd9db7b8aab0}
principal=$(az ad sp list --filter "appId eq '$application'" --query '[0].id' --output tsv)
if [ -z "$principal" ]; then
  echo "Making the service principal of application $application in your tenant"
  principal=$(az ad sp create --id "$application" --query id --output tsv)
fi
azd env set ASTRONOMER_PRINCIPAL_ID "$principal"
