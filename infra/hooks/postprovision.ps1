# Lets the app look up service principals: Microsoft Graph's Application.Read.All, which it needs to
# find Astronomer's. Granting that takes the role Privileged Role Administrator; where you do not
# have it, ask somebody who has to run this. It can't be done in a template.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

$identity = $env:IDENTITY_PRINCIPAL_ID
$graph = az ad sp show --id 00000003-0000-0000-c000-000000000000 --query id --output tsv
$role = az ad sp show --id $graph --query "appRoles[?value=='Application.Read.All'].id" --output tsv
$assignments = "https://graph.microsoft.com/v1.0/servicePrincipals/$identity/appRoleAssignments"
$granted = az rest --method get --url $assignments --query "value[?appRoleId=='$role'].id" --output tsv
if ($granted) {
  exit 0
}
# From a file, as the quotes of an argument do not come through on every platform.
$body = New-TemporaryFile
@{ principalId = $identity; resourceId = $graph; appRoleId = $role } | ConvertTo-Json | Set-Content -Path $body
try {
  az rest --method post --url $assignments --output none --body "@$body"
}
catch {
  [Console]::Error.WriteLine('The app may not read Microsoft Graph yet and can grant nothing. Have a Privileged Role')
  [Console]::Error.WriteLine("Administrator set IDENTITY_PRINCIPAL_ID to $identity and run: pwsh infra/hooks/postprovision.ps1")
  exit 1
}
finally {
  Remove-Item -Path $body
}
