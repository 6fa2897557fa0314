"""Where the practice stands: the page and its files, each measure, what others can learn, the monthly reports."""

from django.urls import path

from frontend.portal.benchmarks import exposure, figures, metric, quality, reports, show

urlpatterns = [
    path("benchmarks/", show.show, name="benchmarks"),
    path("benchmarks/figures.csv", figures.table, name="benchmarks-table"),
    path("benchmarks/figures.pdf", figures.paper, name="benchmarks-paper"),
    path("benchmarks/quality/", quality.show, name="data-quality"),
    path("benchmarks/measures/<slug:metric>/", metric.show, name="measure"),
    path("benchmarks/others/", exposure.show, name="exposure"),
    path("benchmarks/others/sent.csv", exposure.table, name="exposure-table"),
    path("benchmarks/reports/", reports.show, name="reports"),
    path("benchmarks/reports/mail/", reports.mail, name="reports-mail"),
    # Its path is in sent mail: tenants/report_mail.py.
    path("benchmarks/reports/stop/<str:token>/", reports.stop, name="reports-stop"),
    path("benchmarks/reports/<uuid:monthly_report_id>/", reports.one, name="report"),
]
