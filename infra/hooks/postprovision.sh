#!/bin/sh
# Lets the app look up service principals: Microsoft Graph's Application.Read.All, which it needs to
# find Astronomer's. Granting that takes the role Privileged Role Administrator; where you do not
# have it, ask somebody who has to run this. It can't be done in a template.
set -eu

graph=$(az ad sp show --id 00000003-0000-0000-c000-000000000000 --query id --output tsv)
role=$(az ad sp show --id "$graph" --query "appRoles[?value=='Application.Read.All'].id" --output tsv)
assignments="https://graph.microsoft.com/v1.0/servicePrincipals/$IDENTITY_PRINCIPAL_ID/appRoleAssignments"
granted=$(az rest --method get --url "$assignments" --query "value[?appRoleId=='$role'].id" --output tsv)
if [ -n "$granted" ]; then
  exit 0
fi
if ! az rest --method post --url "$assignments" --output none \
  --body "{\"principalId\": \"$IDENTITY_PRINCIPAL_ID\", \"resourceId\": \"$graph\", \"appRoleId\": \"$role\"}"; then
  echo "The app may not read Microsoft Graph yet and can grant nothing. Have a Privileged Role" >&2
  echo "Administrator run: IDENTITY_PRINCIPAL_ID=$IDENTITY_PRINCIPAL_ID sh infra/hooks/postprovision.sh" >&2
  exit 1
fi
