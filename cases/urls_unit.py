"""The addresses of what belongs to no case: threats and deviations, the unit, the catalogue of law."""

from django.urls import URLPattern, URLResolver, include, path

from cases.views import (
    approvals,
    catalogue,
    delegations,
    deviations,
    disposals,
    imports,
    incidents,
    providers,
    staff_ties,
    unit_requests,
    workflows,
)

keeping = [
    path("lagrum/", catalogue.index, name="catalogue"),
    path("lagrum/nytt/", catalogue.new, name="catalogue_provision_new"),
    path("lagrum/<uuid:provision>/", catalogue.provision, name="catalogue_provision"),
    path("lagrum/<uuid:provision>/lydelse/", catalogue.reword_provision, name="catalogue_provision_reword"),
    path("lagrum/<uuid:provision>/upphor/", catalogue.end_provision, name="catalogue_provision_end"),
    path(
        "lagrum/<uuid:provision>/ta-tillbaka/",
        catalogue.take_back_provision,
        name="catalogue_provision_take_back",
    ),
    path("lagrum/<uuid:provision>/fortsatt/", catalogue.resume_provision, name="catalogue_provision_resume"),
    path("arbetssatt/", workflows.index, name="workflows"),
    path("arbetssatt/<uuid:stage_rule>/", workflows.edit, name="workflow_edit"),
    path("tidsfrister/", catalogue.deadlines, name="catalogue_deadlines"),
    path("tidsfrister/<uuid:deadline>/", catalogue.deadline, name="catalogue_deadline"),
    path("tidsfrister/<uuid:deadline>/lydelse/", catalogue.reword_deadline, name="catalogue_deadline_reword"),
    path("tidsfrister/<uuid:deadline>/upphor/", catalogue.end_deadline, name="catalogue_deadline_end"),
    path(
        "tidsfrister/<uuid:deadline>/ta-tillbaka/",
        catalogue.take_back_deadline,
        name="catalogue_deadline_take_back",
    ),
    path(
        "tidsfrister/<uuid:deadline>/fortsatt/", catalogue.resume_deadline, name="catalogue_deadline_resume"
    ),
]

of_the_unit: list[URLPattern | URLResolver] = [
    path("handelser/", incidents.index, name="incidents"),
    path("handelser/hot/ny/", incidents.new, name="incident_new"),
    path("handelser/hot/<uuid:incident>/", incidents.show, name="incident"),
    path("handelser/hot/<uuid:incident>/avsluta/", incidents.close, name="incident_close"),
    path("handelser/avvikelser/", deviations.index, name="deviations"),
    path("handelser/avvikelser/ny/", deviations.new, name="deviation_new"),
    path("handelser/avvikelser/<uuid:deviation>/", deviations.show, name="deviation"),
    path("handelser/avvikelser/<uuid:deviation>/avsluta/", deviations.close, name="deviation_close"),
    path("handelser/begaran/", unit_requests.index, name="unit_requests"),
    path("handelser/begaran/ny/", unit_requests.new, name="unit_request_new"),
    path("handelser/begaran/<uuid:unit_request>/", unit_requests.show, name="unit_request"),
    path("godkannanden/", approvals.index, name="approvals"),
    path("enheten/inlasning/", imports.index, name="imports"),
    path("enheten/inlasning/ny/", imports.new, name="import_new"),
    path("enheten/inlasning/<uuid:register>/", imports.show, name="import"),
    path("enheten/inlasning/<uuid:register>/lage/", imports.progress, name="import_progress"),
    path("enheten/gallring/", disposals.index, name="disposals"),
    path("enheten/gallring/bevis/", disposals.certificates, name="certificates"),
    path("enheten/gallring/bevis/<uuid:certificate>/", disposals.certificate, name="certificate"),
    path("enheten/anknytningar/", staff_ties.index, name="staff_ties"),
    path("enheten/anknytningar/ny/", staff_ties.new, name="staff_tie_new"),
    path("enheten/anknytningar/<uuid:staff_tie>/", staff_ties.show, name="staff_tie"),
    path("enheten/anknytningar/<uuid:staff_tie>/upphor/", staff_ties.end, name="staff_tie_end"),
    path("enheten/utforare/", providers.index, name="providers"),
    path("enheten/utforare/ny/", providers.new, name="provider_new"),
    path("enheten/utforare/<uuid:provider>/", providers.edit, name="provider"),
    path("enheten/delegationer/", delegations.index, name="delegations"),
    path("enheten/delegationer/ny/", delegations.new, name="delegation_new"),
    path("enheten/delegationer/<uuid:delegation>/", delegations.show, name="delegation"),
    path("enheten/delegationsbeslut/", delegations.delegated, name="delegated"),
    path("katalog/", include(keeping)),
]
