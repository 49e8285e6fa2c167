#!/usr/bin/env bash
# routes.bash BUILD - the emulator's routes, faults, scenarios and wrapper, asked by curl.
set -u
build=$1
stories=$(dirname "$(realpath "$0")")/stories.json
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
emulator=$build/offerstat-emulator
failed=0

# is NAME WANTED COMMAND...: what a command prints, followed by its exit code where it is not 0
is() {
    local name=$1 want=$2 got code
    shift 2
    got=$("$@" 2>&1)
    code=$?
    [ $code -eq 0 ] || got="$got($code)"
    if [ "$got" != "$want" ]; then
        printf '%s: expected\n%s\nfound\n%s\n' "$name" "$want" "$got"
        failed=1
    fi
}
# ask PATH [CURL OPTIONS]: with the token and the api-version; OPTIONS holds the emulator's options
export TOKEN OPTIONS=
ask() {
    local path=$1
    shift
    # shellcheck disable=SC2016 # the emulator sets these two
    "$emulator" ${OPTIONS:-} -- sh -c 'path=$1; shift
        exec curl -sS --noproxy "*" -H "Authorization: Bearer ${TOKEN:-$OFFERSTAT_TOKEN}" "$@" "$OFFERSTAT_ENDPOINT$path"' sh "$path" "$@"
}
status() { ask "$1" -o /dev/null -w '%{http_code}' "${@:2}"; }
v='?api-version=2017-10-31'

publishers() { ask "/api/publishers$v" | jq -c "[.[].id]"; }
is publishers '["contoso"]' publishers
is no_version 400 status /api/publishers
is other_version 400 status '/api/publishers?api-version=2020-01-01'
TOKEN=other is other_token 401 status "/api/publishers$v"
is unknown_publisher 404 status "/api/publishers/fabrikam/offers$v"
is list 200 status "/api/publishers/contoso/offers$v"
is unknown_offer_document 404 status "/api/publishers/contoso/offers/nope$v"
is status_of_an_offer 200 status "/api/publishers/contoso/offers/contoso-gateway/status$v"
is status_never_published 404 status "/api/publishers/contoso/offers/contoso-data-kr/status$v"
is slot_there 200 status "/api/publishers/contoso/offers/contoso-gateway/slot/preview$v"
is slot_not_there 404 status "/api/publishers/contoso/offers/contoso-trial/slot/preview$v"
is slot_unknown 400 status "/api/publishers/contoso/offers/contoso-trial/slot/other$v"
is submissions 200 status "/api/publishers/contoso/offers/contoso-classic/submissions/$v"
is unknown_offer 404 status "/api/publishers/contoso/offers/nope/status$v"
is unknown_route 404 status "/api/publishers/contoso/other$v"
is only_get 405 status "/api/publishers$v" -X POST
is id_case 200 status "/api/publishers/Contoso/offers$v"

OPTIONS='--fault 503' is fault_with_retry_after '503 1' ask "/api/publishers$v" -o /dev/null -w '%{http_code} %header{retry-after}'
OPTIONS='--fault list-500' is fault_of_another_route 200 status "/api/publishers$v"
OPTIONS='--fault redirect' is fault_redirect '302 http://127.0.0.1:1/elsewhere' ask "/api/publishers$v" -o /dev/null -w '%{http_code} %{redirect_url}'
OPTIONS='--fault empty' is fault_empty '200 0' ask "/api/publishers$v" -o /dev/null -w '%{http_code} %{size_download}'
OPTIONS='--fault reset' is fault_reset '(52)' ask "/api/publishers$v" --no-show-error
OPTIONS='--fault cut' is fault_cut '(18)' ask "/api/publishers$v" --no-show-error -o /dev/null
OPTIONS='--fault nosuch' is fault_unknown 'offerstat-emulator: no fault "nosuch"; --help names them(2)' ask /

is exit_code '(7)' "$emulator" -- sh -c 'exit 7'
is exit_signal '(143)' "$emulator" -- sh -c 'kill -TERM $$'
is exit_no_command 'offerstat-emulator: /no/such/command: No such file or directory(127)' "$emulator" -- /no/such/command
echo '{"publishers": [{"id": "a", "offers": [{"id": "x", "status": "failed", "colour": 1}]}]}' > s.json
is scenario_unknown_member 'offerstat-emulator: s.json: publishers[0].offers[0].colour: no such member(2)' "$emulator" --scenario s.json -- true
echo '{"publishers": [{"id": "a", "offers": [{"id": "x"}]}]}' > s.json
is scenario_missing_member 'offerstat-emulator: s.json: publishers[0].offers[0].status: is missing(2)' "$emulator" --scenario s.json -- true
printf '{\n "publishers": [\n}' > s.json
is scenario_no_json 'offerstat-emulator: s.json: line 3: no valid JSON(2)' "$emulator" --scenario s.json -- true
echo '{"answers": [{"path": "/x", "status": 418, "body": "teapot", "headers": {"X-A": "b"}, "times": 1}]}' > s.json
echo '{"publishers": [{"id": "a", "offers": [{"id": "x", "status": "running", "version": "636576975611768314", "type": "microsoft-azure-saas", "changed": "2026-11-20T10:00:00.5"}]}]}' > offer.json
OPTIONS='--scenario offer.json' is offer_document '{"offerTypeId":"microsoft-azure-saas","publisherId":"a","status":"running","id":"x","version":636576975611768314,"definition":{"plans":[],"offer":{}},"changedTime":"2026-11-20T10:00:00.5","Etag":"W/\"datetime'"'2026-11-20T10%3A00%3A00.5000000Z'"'\""}' ask "/api/publishers/a/offers/x$v"
OPTIONS='--scenario offer.json' is offer_etag "W/\"datetime'2026-11-20T10%3A00%3A00.5000000Z'\"" ask "/api/publishers/a/offers/x$v" -o /dev/null -w '%header{etag}'
OPTIONS='--scenario offer.json --fault offer-503' is offer_fault 503 status "/api/publishers/a/offers/x$v"
OPTIONS='--scenario s.json' is canned_answer 'teapot418 b' ask /x -w '%{http_code} %header{x-a}'

# The other two APIs: what one scenario looks like in each.
i=/v1.0/ingestion g=/rp/product-ingestion n='$version=2022-07-01'
json() { ask "$1" "${@:3}" | jq -rc "$2"; }
# told OFFER: what the ingestion API and the product ingestion API say of it, entries in fixed order
told() {
    # shellcheck disable=SC2016 # the emulator sets these two
    "$emulator" --scenario "${2:-$stories}" ${OPTIONS:-} -- bash -c 'get() { curl -sS -G --noproxy "*" -H "Authorization: Bearer $OFFERSTAT_TOKEN" "${@:2}" "$OFFERSTAT_ENDPOINT$1"; }
        id=$(get /v1.0/ingestion/products --data-urlencode "\$filter=externalIDs/Any(i:i/type eq '\''AzureOfferId'\'' and i/value eq '\''$1'\'')" | jq -r ".value[].id")
        get "/v1.0/ingestion/products/$id/submissions" | jq -jc "[.value[]|[.substate,.pendingUpdateInfo.updateType,.pendingUpdateInfo.status]|join(\":\")]|join(\" \")"
        get "/rp/product-ingestion/submission/$id" -d "\$version=1" | jq -r "\" | \" + if .error then .error.message else ([.value[]|select(.status)|[.target.targetType,.status,.result,.lifecycleState//empty]|join(\":\")]|sort|join(\" \")) end"' told "$1"
}
live=live:completed:succeeded preview=preview:completed:succeeded
store=InStore:Create:Completed
is story_created_never ' | ' told created-never
is story_first_running 'Submitted:Create:Completed | preview:running:pending' told first-running
is story_validation_stopped 'InDraft:Create:Failed | preview:completed:failed' told validation-stopped
is story_certification_failed 'FailedInCertification:Create:Completed | preview:completed:failed' told certification-failed
is story_waits_for_golive "ReadyToPublish:Create:Completed | $preview" told waits-for-golive
is story_going_live 'Publishing:Promote:Running | live:running:pending' told going-live
is story_live_idle "$store | $live $preview" told live-idle
is story_update_running "$store Submitted:Create:Completed | $live preview:running:pending" told update-running
is story_update_failed "$store Failed:Create:Completed | $live preview:completed:failed" told update-failed
is story_update_canceled "$store Cancelled:Create:Completed | $live $preview" told update-canceled
is story_update_waits "$store ReadyToPublish:Create:Completed | $live $preview" told update-waits
is story_update_going_live "$store Publishing:Promote:Running | $live live:running:pending" told update-going-live
is story_update_golive_failed "$store Failed:Create:Completed | live:completed:failed $live" told update-golive-failed
is story_stop_distribution "$store | $live live:running:pending:deprecated" told stop-distribution
is story_delisted "$store | $live:deprecated" told delisted
is story_delisted_coming_back "$store Submitted:Create:Completed | $live:deprecated preview:running:pending" told delisted-coming-back
is story_delisted_preview_ready "$store ReadyToPublish:Create:Completed | $live:deprecated $preview" told delisted-preview-ready
is story_app_review_failed "$store FailedInCertification:Create:Completed | Type AzureApplication is not supported" told app-review-failed
echo '{"publishers": [{"id": "a", "offers": [{"id": "x", "type": "microsoft-azure-saas", "status": "running", "steps": [{"id": "a", "status": "inProgress"}]}]}]}' > s.json
is story_first_step 'InDraft:Create:Running | preview:running:pending' told x s.json

# The ingestion API.  a1 has all that odd bodies need.
p=11111111-1111-4111-8111-111111111111
cat > s.json << 'END'
{"publishers": [{"id": "a", "offers": [
  {"id": "a1", "status": "failed", "type": "microsoft-azure-saas", "productId": "11111111-1111-4111-8111-111111111111",
   "lifecycle": "generallyAvailable", "steps": [{"name": "First", "status": "rejected", "messages": [{"html": "<p>No <b>price</b>.</p><p>Add one.</p>", "level": "error"}]}],
   "ingestion": {"product": {"odd": 1}, "workflow": {"7": [{"raw": true}]}, "submissions": [{"id": "7"}, {"id": "8"}, {"id": "9"}]}},
  {"id": "o'x", "status": "neverPublished", "type": "microsoft-azure-applications"},
  {"id": "three", "status": "running", "type": "microsoft-azure-virtualmachines", "repeat": 3},
  {"id": "other", "status": "running", "type": "microsoft-azure-corevm"},
  {"id": "there", "status": "running", "type": "microsoft-azure-saas", "in": ["ingestion", "graph"], "productId": "22222222-2222-4222-8222-222222222222",
   "ingestion": {"submissions": 42}, "graph": {"submissions": "none"}},
  {"id": "here", "status": "running", "type": "microsoft-azure-container", "in": ["cpp"]}]}],
 "ingestion": {"pageSizes": [1, 0, 3], "submissionPageSize": 2}, "graph": {"pageSize": 3},
 "jobs": [{"id": "j1", "status": "completed", "result": "failed", "errors": [{"code": "invalidState"}]}],
 "answers": [{"path": "/v1.0/ingestion/products", "query": "$filter=resourceType eq 'Canned'", "json": {"value": ["canned"]}}]}
END
jq '.ingestion += {plainList: false, requireSellerId: true, endIs404: true, pageSizes: [4, 2]} | .graph.continuationToken = true' s.json > strict.json
export OPTIONS='--scenario s.json'
# pages PATH MEMBER: sizes of all pages up to the last
pages() {
    # shellcheck disable=SC2016
    "$emulator" $OPTIONS -- bash -c 'next=$1; while [ -n "$next" ]; do
        case $next in http*) ;; *) next=$OFFERSTAT_ENDPOINT/$next ;; esac
        curl -sS --noproxy "*" -H "x-ms-publisherId: 7" -w "\n%{http_code}" -H "Authorization: Bearer $OFFERSTAT_TOKEN" "$next" > page
        [ "$(tail -n 1 page)" = 200 ] || { tail -n 1 page; break; }
        sed \$d page | jq -j "\"\(.value|length) \""
        next=$(sed \$d page | jq -r --arg m "$2" ".[\$m] // empty")
        [ "$2" != continuationToken ] || [ -z "$next" ] || next="${1%%&continuation*}&continuationToken=$next"
    done' pages "$1" "$2"
}
filter() { ask "$i/products" -G --data-urlencode "\$filter=$1" "${@:2}" | jq -rc '.value|map(.externalIDs[0].value)|sort|join(" ")'; }
code() { ask "$i/products" -G --data-urlencode "\$filter=$1" -o /dev/null -w '%{http_code}'; }
is ingestion_pages '1 0 3 3 ' pages v1.0/ingestion/products nextLink
is ingestion_next_is_first '["nextLink","value"]' json "$i/products" keys_unsorted
is ingestion_next_is_relative 'v1.0/ingestion/products' json "$i/products" '.nextLink|split("?")[0]'
is ingestion_token '"DocDB"' json "$i/products" '.nextLink|split("=")[1:]|join("=")|@base64d|fromjson.Source|@json'
is ingestion_empty_token 1 json "$i/products?\$skipToken=" '.value|length'
is ingestion_bad_token 400 status "$i/products?\$skipToken=abcd"
is ingestion_filter_pages '1 0 2 ' pages "v1.0/ingestion/products?\$filter=resourceType%20eq%20'AzureThirdPartyVirtualMachine'" nextLink
is ingestion_filter_type "o'x" filter "ResourceType eq 'AzureApplication'"
is ingestion_filter_offer "o'x" filter "externalids/any(i:i/Type eq 'AzureOfferId' and i/Value eq 'o''x')"
is ingestion_filter_both '' filter "resourceType eq 'AzureContainer' and externalIDs/Any(i:i/type eq 'AzureOfferId' and i/value eq 'a1')"
is ingestion_filter_unknown 400 code "name eq 'x'"
is ingestion_not_in_here '' filter "externalIDs/Any(i:i/type eq 'AzureOfferId' and i/value eq 'here')"
is cpp_not_in_here '["a1"]' json "/api/publishers/a/offers$v" 'map(.id)|map(select(. == "a1" or . == "there"))'
is ingestion_odd_list '{"value":42}' json "$i/products/22222222-2222-4222-8222-222222222222/submissions" .
is graph_odd_list '{"value":"none"}' json "$g/submission/22222222-2222-4222-8222-222222222222?$n" .
is ingestion_canned_page canned json "$i/products?\$filter=resourceType%20eq%20'Canned'" '.value[0]'
is ingestion_product '["SoftwareAsAService",1]' json "$i/products/$p" '[.resourceType,.odd]'
is ingestion_submission_pages '2 1 ' pages "v1.0/ingestion/products/$p/submissions" nextLink
is ingestion_submission 8 json "$i/products/$p/submissions/8" .id
is ingestion_workflow_raw '[{"raw":true}]' json "$i/products/$p/submissions/7/workflowdetails" .value
is ingestion_no_product '404 0' ask "$i/products/nope" -o /dev/null -w '%{http_code} %{size_download}'
is ingestion_no_submission '404 0' ask "$i/products/$p/submissions/nope/workflowdetails" -o /dev/null -w '%{http_code} %{size_download}'
TOKEN=other is ingestion_no_token 401 json "$i/products" .statusCode
is ingestion_400_is_a_text ICH50400 json "$i/products?\$filter=x" 'split(" ")[0]'
is ingestion_request_id '[00000000-0000-4000-8000-000000000001] []' ask "$i/products" -o /dev/null -w '[%header{request-id}] [%header{x-ms-correlation-request-id}]'
OPTIONS='--scenario strict.json' is ingestion_seller_id 'PublisherId is a required header, and must be a positive number.' json "$i/products/$p" 'split("ResponseContent=")[1]|fromjson.errors["x-ms-publisherId"][0]'
OPTIONS='--scenario strict.json' is ingestion_seller_id_given 200 status "$i/products/$p" -H 'x-ms-publisherId: 42'
OPTIONS='--scenario strict.json' is ingestion_no_plain_list ProductTypeFilter json "$i/products" 'split("data\":{\"")[1]|split("[")[0]' -H 'x-ms-publisherId: 42'
OPTIONS='--scenario strict.json' is ingestion_end_is_404 '3 404' pages "v1.0/ingestion/products?\$filter=resourceType%20eq%20'AzureThirdPartyVirtualMachine'" nextLink

# A derived workflow and the validations, of stories.
below() {
    # shellcheck disable=SC2016
    "$emulator" --scenario "$stories" -- bash -c 'get() { curl -sS -G --noproxy "*" -H "Authorization: Bearer $OFFERSTAT_TOKEN" "$OFFERSTAT_ENDPOINT/v1.0/ingestion/products$@"; }
        id=$(get "" --data-urlencode "\$filter=externalIDs/Any(i:i/type eq '\''AzureOfferId'\'' and i/value eq '\''$1'\'')" | jq -r ".value[].id")
        sid=$(get "/$id/submissions" | jq -r ".value[-1].id")
        get "/$id/submissions/$sid/$2" | jq -rc "$3"' below "$@"
}
is workflow_waits 'Preview InProgress Success Success InProgress Live NotStarted NotStarted NotStarted' below waits-for-golive workflowdetails '[.value[]|.targetEnvironment,.state,.workflowSteps[].state]|join(" ")'
is workflow_names 'Automated validation,Preview Creation,Publisher Signoff,Certification,Publish' below live-idle workflowdetails '[.value[].workflowSteps[].name]|join(",")'
is workflow_time 2026-10-02T07:25:56.6510000 below live-idle workflowdetails '.value[0].startDateTimeInUtc'
is workflow_stopped '[]' below validation-stopped workflowdetails .value
is validations '[{"errorCode":"Offer-20001","severity":"Error","message":"The plan standard has no price.","resource":"Validate Pre-Requisites"}]' below validation-stopped validations .value
is validations_none '[]' below update-failed validations .value

# The product ingestion API.
is graph_pages '3 2 ' pages "rp/product-ingestion/product?%24version=1" @nextLink
is graph_maxpagesize '1 1 1 1 1 ' pages "rp/product-ingestion/product?\$version=1&\$maxpagesize=1" @nextLink
OPTIONS='--scenario strict.json' is graph_continuation '3 2 ' pages "rp/product-ingestion/product?\$version=1" continuationToken
is graph_by_id '["product/11111111-1111-4111-8111-111111111111","softwareAsAService","generallyAvailable"]' json "$g/product?externalID=a1&$n" '.value[0]|[.id,.type,.lifecycleState]'
is graph_by_id_none '[]' json "$g/product?externalid=nope&$n" .value
is graph_by_type 3 json "$g/product?type=azureVirtualMachine&$n" '.value|length'
is graph_not_supported 'badRequest Type AzureApplication is not supported' json "$g/product?externalId=o'x&$n" '.error|.code+" "+.message'
is graph_product a1 json "$g/product/$p?$n" .identity.externalId
is graph_no_product resourceNotFound json "$g/product/nope?$n" .error.code
is graph_no_version 200 status "$g/product"
is graph_no_version_pages '3 2 ' pages rp/product-ingestion/product @nextLink
is graph_double_slash 200 status "/rp//product-ingestion/product?$n"
TOKEN=other is graph_no_token 'InvalidAuthenticationToken object' json "$g/product?$n" '.error|.code+" "+(.innerError|type)'
is graph_draft_has_no_status '[["draft",false]]' json "$g/submission/$p?$n&targetType=draft" '[.value[]|[.target.targetType,has("status")]]'
is graph_submission "submission/$p/0" json "$g/submission/$p/0?$n" .id
is graph_no_submission resourceNotFound json "$g/submission/$p/1?$n" .error.code
is graph_job '["failed","0001-01-01T00:00:00","invalidState"]' json "$g/configure/j1/status?$n" '[.jobResult,.jobEnd,.errors[0].code]'
is graph_no_job resourceNotFound json "$g/configure/j2/status?$n" .error.code
is graph_ids 'abc 00000000-0000-4000-8000-000000000001' ask "$g/product?$n" -H 'client-request-id: abc' -o /dev/null -w '%header{client-request-id} %header{request-id}'

# Faults of routes and of whole APIs, and of the links between pages.
OPTIONS='--fault ingestion-404' is fault_ingestion '404 0' ask "$i/products" -o /dev/null -w '%{http_code} %{size_download}'
OPTIONS='--fault ingestion-503' is fault_not_graph 200 status "$g/product?$n"
OPTIONS='--fault graph-product-503' is fault_graph_product serviceUnavailable json "$g/product?$n" .error.code
OPTIONS='--fault cpp-500' is fault_cpp 500 status "/api/publishers/contoso/offers$v"
OPTIONS='--fault cpp-500' is fault_cpp_not_here 200 status "$i/products"
OPTIONS='--fault status-500' is fault_status_is_cpp 200 status "$i/products"
OPTIONS='--fault wrongtype' is fault_wrongtype_in_page 42 json "$i/products" '.value[0]'
OPTIONS='--scenario s.json --fault evil-link' is fault_evil_link http://127.0.0.1:1/evil json "$i/products" .nextLink
OPTIONS='--scenario s.json --fault evil-link' is fault_evil_link_graph http://127.0.0.1:1/evil json "$g/product?$n" '.["@nextLink"]'
OPTIONS='--scenario s.json --fault evil-link' is fault_evil_link_no_page null json "$i/products/$p" .nextLink
same() {
    # shellcheck disable=SC2016
    "$emulator" $OPTIONS -- bash -c 'get() { curl -sS --noproxy "*" -H "Authorization: Bearer $OFFERSTAT_TOKEN" "$OFFERSTAT_ENDPOINT/$1" | jq -r .nextLink; }
        a=$(get v1.0/ingestion/products); b=$(get "$a"); c=$(get "$b"); [ "$a" = "$b" ] && echo same; [ -n "$c" ] && [ "$c" != "$b" ] && echo new
        true'
}
OPTIONS='--fault same-page' is fault_same_page same same
OPTIONS='--fault endless' is fault_endless new same

# Time: at this speed the first request comes days after the start.
timed() { printf '{"publishers": [{"id": "a", "offers": [{"id": "x", "status": "running", "version": 2, "type": "microsoft-azure-container", "changed": "2020-01-01T00:00:00Z", "steps": [{"id": "a", "status": "complete"}, {"id": "b", "name": "Certification", "status": "notStarted"%s}, {"id": "publisher-signoff", "status": "notStarted"%s}, {"id": "live", "status": "notStarted"%s}]}]}]}' "$@" > t.json; }
fast='--speed 1000000000'
# cpp FILTER: status, steps and slots of x
cpp() { json "/api/publishers/a/offers/x/status$v" '[.status,(.steps|map(.status)|join(","))]|join(" ")'; }
# shellcheck disable=SC2089 # a text with quotes for printf
timed ', "takes": "1h"' ', "takes": "1h"' ', "takes": "1h"'
OPTIONS='--scenario t.json' is time_stands_still 'running complete,notStarted,notStarted,notStarted' cpp
OPTIONS="--scenario t.json $fast" is time_succeeded 'succeeded complete,complete,complete,complete' cpp
OPTIONS="--scenario t.json $fast" is time_production 2 json "/api/publishers/a/offers/x/slot/production$v" .version
OPTIONS="--scenario t.json $fast" is time_changed true json "/api/publishers/a/offers$v" '.[0].changedTime|test("^20[2-9][0-9]-[0-9-]{5}T[0-9:]{8}[.][0-9]{3}Z$") and . > "2021"'
OPTIONS=$fast is time_told "$store | $live $preview" told x t.json
timed ', "takes": "1h"' '' ', "takes": "1h"'
OPTIONS="--scenario t.json $fast" is time_waits 'running complete,complete,waitingForPublisherReview,notStarted' cpp
OPTIONS="--scenario t.json $fast" is time_preview 2 json "/api/publishers/a/offers/x/slot/preview$v" .version
OPTIONS=$fast is time_waits_told "ReadyToPublish:Create:Completed | $preview" told x t.json
timed ', "takes": "1h", "ends": "rejected"' '' ''
OPTIONS="--scenario t.json $fast" is time_rejected 'failed complete,rejected,notStarted,notStarted' cpp
OPTIONS=$fast is time_rejected_told 'FailedInCertification:Create:Completed | preview:completed:failed' told x t.json
timed ', "takes": "1h", "ends": "blocked"' '' ''
OPTIONS="--scenario t.json $fast" is time_blocked 'running complete,blocked,notStarted,notStarted' cpp
timed ', "takes": "3650d"' '' ''
OPTIONS='--scenario t.json --speed 1' is time_working 'running complete,inProgress,notStarted,notStarted' cpp
sed 's/"notStarted", "takes"/"waitingForApproval", "takes"/' t.json > words.json
OPTIONS='--scenario words.json --speed 1' is time_keeps_words 'running complete,waitingForApproval,notStarted,notStarted' cpp
timed '' ', "takes": "1h"' ''
OPTIONS="--scenario t.json $fast" is time_without_end 'running complete,notStarted,notStarted,notStarted' cpp
timed ', "takes": "soon"' '' ''
is time_takes_what 'offerstat-emulator: t.json: publishers[0].offers[0].steps[1].takes: expected a time such as 2h(2)' "$emulator" --scenario t.json -- true
is time_speed_what 'offerstat-emulator: --speed: expected a number up to 1000000000(2)' "$emulator" --speed fast -- true

# A token is good for the API it was asked for.
audience() {
    # shellcheck disable=SC2016
    "$emulator" --sign-in=secret -- bash -c 'token=$(curl -sS --noproxy "*" -d grant_type=client_credentials --data-urlencode "client_id=$AZURE_CLIENT_ID" --data-urlencode "client_secret=$AZURE_CLIENT_SECRET" --data-urlencode "scope=$1/.default" "$OFFERSTAT_AUTHORITY/$AZURE_TENANT_ID/oauth2/v2.0/token" | jq -r .access_token)
        for path in "/api/publishers?api-version=2017-10-31" /v1.0/ingestion/products "/rp/product-ingestion/product?\$version=1"; do
            curl -sS --noproxy "*" -o /dev/null -w "%{http_code} " -H "Authorization: Bearer $token" "$OFFERSTAT_ENDPOINT$path"; done' audience "$1"
}
is audience_cpp '200 401 401 ' audience https://cloudpartner.azure.com
is audience_ingestion '401 200 401 ' audience https://api.partner.microsoft.com
is audience_graph '401 401 200 ' audience https://graph.microsoft.com
is sign_in_plain '' "$emulator" --sign-in -- sh -c 'echo "$AZURE_CLIENT_SECRET"'
is sign_in_what 'offerstat-emulator: --sign-in: expected nothing or secret(2)' "$emulator" --sign-in=other -- true
OPTIONS=

# Served without a command: printed settings work, and SIGTERM ends it.
"$emulator" --port 0 --log served.log > exports &
pid=$!
for _ in $(seq 100); do
    grep -q PUBLISHER exports && break
    sleep 0.05
done
. ./exports
is served '["contoso"]' sh -c "curl -sS -H 'Authorization: Bearer $OFFERSTAT_TOKEN' '$OFFERSTAT_ENDPOINT/api/publishers$v' | jq -c '[.[].id]'"
kill -TERM $pid
wait $pid
is served_exit 0 echo $?
is served_settings 'OFFERSTAT_ENDPOINT OFFERSTAT_AUTHORITY OFFERSTAT_TOKEN OFFERSTAT_PUBLISHER' sh -c "sed 's/^export //; s/=.*//' exports | paste -sd ' '"
is served_authority "$OFFERSTAT_ENDPOINT" sh -c '. ./exports; echo "$OFFERSTAT_AUTHORITY"'
# What is printed for --sign-in=secret is enough to get a token, and has none in it.
printf '%s' '{"publishers": [{"id": "o'"'"'x $HOME"}]}' > quote.json
"$emulator" --scenario quote.json --sign-in=secret > secret-exports &
pid=$!
for _ in $(seq 100); do
    grep -q PUBLISHER secret-exports && break
    sleep 0.05
done
# shellcheck disable=SC2016
is served_sign_in 'Bearer none o'"'"'x $HOME' env OFFERSTAT_TOKEN=stale sh -c '. ./secret-exports
    type=$(curl -sS --noproxy "*" -d grant_type=client_credentials --data-urlencode "client_id=$AZURE_CLIENT_ID" --data-urlencode "client_secret=$AZURE_CLIENT_SECRET" -d scope=https://graph.microsoft.com/.default "$OFFERSTAT_AUTHORITY/$AZURE_TENANT_ID/oauth2/v2.0/token" | jq -r .token_type)
    printf "%s %s %s\n" "$type" "${OFFERSTAT_TOKEN-none}" "$OFFERSTAT_PUBLISHER"'
kill -TERM $pid
wait $pid
is served_log "GET /api/publishers$v 200 active=1" cat served.log
exit $failed
