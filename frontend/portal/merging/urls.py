"""Two records of one patient: found, compared, merged, and told apart again."""

from django.urls import path

from frontend.portal.merging import choose, duplicates, made, merge

urlpatterns = [
    path("patients/duplicates/", duplicates.show, name="duplicates"),
    path("patients/duplicates/told-apart/", duplicates.tell, name="told-apart"),
    path("patients/<uuid:patient_id>/merge/", choose.show, name="merge-choose"),
    path("patients/<uuid:patient_id>/merge/<uuid:merged_id>/", merge.show, name="merge"),
    path("merges/<uuid:merge_id>/", made.show, name="merge-made"),
    path("merges/<uuid:merge_id>/undo/", made.take_back, name="merge-undo"),
]
