from django.urls import path

from frontend.portal.savings import disclosure, files, one_file, rebate, show, statements, unmatched

urlpatterns = [
    path("savings/", show.show, name="savings"),
    path("savings/netting/", show.netting, name="netting"),
    path("savings/rebates/<uuid:accrual_id>/", rebate.show, name="rebate"),
    path("savings/rebates/<uuid:accrual_id>/lines/", rebate.file, name="rebate-lines"),
    path("savings/received/<int:year>/", disclosure.show, name="disclosure"),
    path("savings/received/<int:year>/file/", disclosure.file, name="disclosure-file"),
    path("purchases/", files.show, name="purchases"),
    path("purchases/unmatched/", unmatched.show, name="unmatched"),
    path("purchases/names/<uuid:alias_id>/removal/", unmatched.forget, name="item-name-removal"),
    path("purchases/<uuid:file_id>/", one_file.show, name="purchase-file"),
    path("purchases/<uuid:file_id>/columns/", one_file.columns, name="purchase-file-columns"),
    path("purchases/<uuid:file_id>/progress/", one_file.progress, name="purchase-file-progress"),
    path("purchases/<uuid:file_id>/refused/", one_file.refused_rows, name="purchase-file-refused"),
    path("purchases/<uuid:file_id>/undo/", one_file.undo, name="purchase-file-undo"),
    path("statements/", statements.show, name="statements"),
    path("statements/<uuid:statement_id>/", statements.one, name="statement"),
    path("statements/<uuid:statement_id>/pdf/", statements.pdf, name="statement-pdf"),
    path("statements/<uuid:statement_id>/file/", statements.file, name="statement-file"),
]
