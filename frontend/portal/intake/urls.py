"""Files from other systems: uploaded, mapped, checked, imported, undone."""

from django.urls import path

from frontend.portal.intake import columns, imports, one, reading

urlpatterns = [
    path("settings/imports/", imports.show, name="imports"),
    path("settings/imports/<uuid:import_id>/", one.show, name="import"),
    path("settings/imports/<uuid:import_id>/progress/", one.progress, name="import-progress"),
    path("settings/imports/<uuid:import_id>/reading/", reading.choose, name="import-reading"),
    path("settings/imports/<uuid:import_id>/columns/", columns.choose, name="import-columns"),
    path("settings/imports/<uuid:import_id>/start/", one.start, name="import-start"),
    path("settings/imports/<uuid:import_id>/stop/", one.stop, name="import-stop"),
    path("settings/imports/<uuid:import_id>/undo/", one.undo, name="import-undo"),
    path("settings/imports/<uuid:import_id>/discard/", one.discard, name="import-discard"),
    path("settings/imports/<uuid:import_id>/to-mend/", one.mend, name="import-to-mend"),
]
