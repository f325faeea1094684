"""The programme's addresses. Every id is random; none can be counted."""

from django.urls import URLPattern, URLResolver, include, path

from cases.views import (
    access,
    approvals,
    assessments,
    case,
    catalogue,
    contacts,
    cooperation,
    delegations,
    documents,
    edit,
    enquiries,
    imports,
    mappings,
    notes,
    person,
    programme,
    providers,
    search,
    stages,
    start,
)
from cases.views.particulars import PAGES

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

cases: list[URLPattern | URLResolver] = [
    path("arenden/", case.index, name="list"),
    path("forfragningar/", enquiries.index, name="enquiries"),
    path("forfragningar/ny/", enquiries.new, name="enquiry_new"),
    path("forfragningar/<uuid:enquiry>/", enquiries.show, name="enquiry"),
    path("forfragningar/<uuid:enquiry>/avsluta/", enquiries.end, name="enquiry_end"),
    path("forfragningar/<uuid:enquiry>/mote/", enquiries.meeting, name="enquiry_meeting"),
    path("forfragningar/<uuid:enquiry>/arende/", enquiries.open_case, name="enquiry_open_case"),
    path("sok/", search.index, name="search"),
    path("arenden/nytt/", case.new, name="case_new"),
    path("arenden/<uuid:case>/", case.overview, name="case"),
    path("arenden/<uuid:case>/arendet/", edit.case, name="case_edit"),
    path("arenden/<uuid:case>/skeden/", stages.index, name="case_stages"),
    path("arenden/<uuid:case>/skeden/begar/", stages.request_stage, name="case_stage_request"),
    path("arenden/<uuid:case>/skeden/lage/", programme.standing, name="case_standing"),
    path("arenden/<uuid:case>/skeden/program/avsluta/", programme.leave, name="case_programme_leave"),
    path("arenden/<uuid:case>/aterkomst/", programme.reenter, name="case_reenter"),
    path("arenden/<uuid:case>/skeden/<uuid:request_id>/", stages.decide, name="case_stage_decide"),
    path("arenden/<uuid:case>/skeden/<uuid:request_id>/aterta/", stages.withdraw, name="case_stage_withdraw"),
    path("arenden/<uuid:case>/anteckningar/", notes.index, name="case_notes"),
    path("arenden/<uuid:case>/anteckningar/ny/", notes.start, name="case_note_new"),
    path("arenden/<uuid:case>/anteckningar/<uuid:note>/", notes.edit, name="case_note"),
    path("arenden/<uuid:case>/anteckningar/<uuid:note>/spara/", notes.autosave, name="case_note_autosave"),
    path("arenden/<uuid:case>/anteckningar/<uuid:note>/kasta/", notes.discard, name="case_note_discard"),
    path("arenden/<uuid:case>/anteckningar/<uuid:note>/ratta/", notes.correct, name="case_note_correct"),
    path("arenden/<uuid:case>/personen/", person.index, name="case_person_page"),
    path("arenden/<uuid:case>/personen/uppgifter/", person.edit, name="case_person"),
    path("arenden/<uuid:case>/personen/nummer/", person.replace_number, name="case_number_new"),
    path("arenden/<uuid:case>/personen/eget-arende/", person.open_beside, name="case_beside_new"),
    path("arenden/<uuid:case>/personen/brev/", contacts.write_letter, name="case_letter_new"),
    path("arenden/<uuid:case>/personen/brev/<uuid:contact>/", contacts.letter, name="case_letter"),
    path("arenden/<uuid:case>/personen/kontakt/", contacts.note, name="case_contact_new"),
    *[
        address
        for kind, words in PAGES.items()
        for address in (
            path(
                f"arenden/<uuid:case>/personen/{words.place}/ny/",
                person.adding(kind),
                name=f"case_{kind}_new",
            ),
            path(
                f"arenden/<uuid:case>/personen/{words.place}/<uuid:{kind}>/",
                person.changing(kind),
                name=f"case_{kind}",
            ),
        )
    ],
    path("arenden/<uuid:case>/bedomningar/", assessments.index, name="case_assessments"),
    path("arenden/<uuid:case>/bedomningar/ny/", assessments.start, name="case_assessment_new"),
    path("arenden/<uuid:case>/bedomningar/<uuid:assessment>/", assessments.edit, name="case_assessment"),
    path(
        "arenden/<uuid:case>/bedomningar/<uuid:assessment>/spara/",
        assessments.autosave,
        name="case_assessment_autosave",
    ),
    path(
        "arenden/<uuid:case>/bedomningar/<uuid:assessment>/kasta/",
        assessments.discard,
        name="case_assessment_discard",
    ),
    path(
        "arenden/<uuid:case>/bedomningar/<uuid:assessment>/ratta/",
        assessments.correct,
        name="case_assessment_correct",
    ),
    path("arenden/<uuid:case>/kartlaggning/ny/", mappings.start, name="case_mapping_new"),
    path("arenden/<uuid:case>/kartlaggning/<uuid:mapping>/", mappings.edit, name="case_mapping"),
    path(
        "arenden/<uuid:case>/kartlaggning/<uuid:mapping>/spara/",
        mappings.autosave,
        name="case_mapping_autosave",
    ),
    path(
        "arenden/<uuid:case>/kartlaggning/<uuid:mapping>/kasta/",
        mappings.discard,
        name="case_mapping_discard",
    ),
    path(
        "arenden/<uuid:case>/kartlaggning/<uuid:mapping>/ratta/",
        mappings.correct,
        name="case_mapping_correct",
    ),
    path("arenden/<uuid:case>/samverkan/", cooperation.index, name="case_cooperation"),
    path("arenden/<uuid:case>/samverkan/samtycke/", cooperation.give_consent, name="case_consent_new"),
    path(
        "arenden/<uuid:case>/samverkan/samtycke/<uuid:consent>/aterkalla/",
        cooperation.withdraw_consent,
        name="case_consent_withdraw",
    ),
    path("arenden/<uuid:case>/handlingar/", documents.index, name="case_documents"),
    path("arenden/<uuid:case>/handlingar/ny/", documents.add, name="case_document_new"),
    path(
        "arenden/<uuid:case>/handlingar/<uuid:document>/hamta/",
        documents.download,
        name="case_document_download",
    ),
    path(
        "arenden/<uuid:case>/handlingar/<uuid:document>/ny-version/",
        documents.replace,
        name="case_document_replace",
    ),
    path("arenden/<uuid:case>/atkomst/", access.index, name="case_access"),
    path("arenden/<uuid:case>/atkomst/ge/", access.give, name="case_access_give"),
    path("arenden/<uuid:case>/atkomst/<uuid:grant>/avsluta/", access.end, name="case_access_end"),
    path("godkannanden/", approvals.index, name="approvals"),
    path("enheten/inlasning/", imports.index, name="imports"),
    path("enheten/inlasning/ny/", imports.new, name="import_new"),
    path("enheten/inlasning/<uuid:register>/", imports.show, name="import"),
    path("enheten/inlasning/<uuid:register>/lage/", imports.progress, name="import_progress"),
    path("enheten/utforare/", providers.index, name="providers"),
    path("enheten/utforare/ny/", providers.new, name="provider_new"),
    path("enheten/utforare/<uuid:provider>/", providers.edit, name="provider"),
    path("enheten/delegationer/", delegations.index, name="delegations"),
    path("enheten/delegationer/ny/", delegations.new, name="delegation_new"),
    path("enheten/delegationer/<uuid:delegation>/", delegations.show, name="delegation"),
    path("enheten/delegationsbeslut/", delegations.delegated, name="delegated"),
    path("katalog/", include(keeping)),
]

urlpatterns = [
    path("", start.index, name="start"),
    path("", include((cases, "cases"))),
]
