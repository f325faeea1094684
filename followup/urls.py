"""The follow-up's addresses."""

from django.urls import path

from followup.views import agreement, downloads, figures, neighbours, overview, releases

app_name = "followup"
urlpatterns = [
    path("", overview.start, name="start"),
    path("omraden/<uuid:area>/", overview.area, name="area"),
    path("omraden/<uuid:area>/ord/", overview.narrative, name="narrative"),
    path("omraden/<uuid:area>/atgard/", agreement.measure_new, name="measure_new"),
    path("atgarder/<uuid:measure>/", agreement.measure, name="measure"),
    path("indikatorer/<uuid:indicator>/", agreement.indicator, name="indicator"),
    path("redovisningar/", releases.index, name="releases"),
    path("redovisningar/ny/", releases.new, name="release_new"),
    path("redovisningar/<uuid:release>/", releases.one, name="release"),
    path("redovisningar/<uuid:release>/lage/", releases.progress, name="release_progress"),
    path("redovisningar/<uuid:release>/ta-tillbaka/", releases.withdraw, name="release_withdraw"),
    path("redovisningar/<uuid:release>/granska/", releases.decide, name="release_decide"),
    path("uppgifter/", figures.index, name="figures"),
    path("uppgifter/fil/", figures.take_in, name="figures_file"),
    path("kant/", figures.known, name="known"),
    path("kommuner/", neighbours.index, name="neighbours"),
    path("kommuner/ny/", neighbours.new, name="neighbour_new"),
    path("kommuner/<uuid:neighbour>/fil/", neighbours.take_in, name="neighbour_file"),
    path("overenskommelse/", agreement.show, name="agreement"),
    path("overenskommelse/fil/", agreement.take_in, name="agreement_file"),
    path("overenskommelse/overenskommelse.json", agreement.export, name="agreement_export"),
    path("uppfoljning.pdf", downloads.report_pdf, name="report_pdf"),
    path("uppfoljning.xlsx", downloads.report_xlsx, name="report_xlsx"),
    path("uppfoljning.ods", downloads.report_ods, name="report_ods"),
    path("uppfoljning.csv", downloads.report_csv, name="report_csv"),
    path("redovisningar.json", downloads.report_json, name="report_json"),
]
