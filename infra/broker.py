"""Where jobs are sent to and when they run. Every process needs it: one that sends must know the same broker."""

from celery import Celery
from celery.schedules import crontab
from django.conf import settings

app = Celery("perennial")
app.conf.update(
    broker_url=settings.BROKER_URL,
    # Jobs write their results into the database; nobody reads them from the broker.
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_serializer="json",
    accept_content=["json"],
    broker_connection_retry_on_startup=True,
    # A queue that hangs must not hold up whoever works: what could not be sent is swept.
    broker_transport_options={"visibility_timeout": 3600, "socket_timeout": 3, "socket_connect_timeout": 3},
    task_publish_retry_policy={"max_retries": 1, "interval_start": 0},
    worker_hijack_root_logger=False,
    # What a job prints is not a log line: it has no kind and no place, only words.
    worker_redirect_stdouts=False,
    timezone="UTC",
    beat_schedule={
        "contributions-nightly": {"task": "benchmarks.refresh_all", "schedule": crontab(hour=7, minute=10)},
        # On the 15th, or once the network approves: asked every hour, a release is late by an hour at most.
        "releases-due": {"task": "benchmarks.release_due", "schedule": crontab(minute=5)},
        "holdouts-nightly": {"task": "holdouts.close_all", "schedule": crontab(hour=8, minute=40)},
        # After everybody's nights; at most one release a quarter.
        "holdouts-release": {"task": "holdouts.release", "schedule": crontab(hour=14, minute=10)},
        # Made after a release; daily for whatever was missed then.
        "reports-daily": {"task": "reports.make_all", "schedule": crontab(hour=16, minute=40)},
        "drifting-nightly": {"task": "drifting.refresh_all", "schedule": crontab(hour=9, minute=20)},
        "drifting-prior": {"task": "drifting.release_prior", "schedule": crontab(hour=8, minute=20)},
        # Three in the morning in Los Angeles, six in New York: before anybody opens the day.
        "occasions-daily": {"task": "occasions.plan_all", "schedule": crontab(hour=11, minute=0)},
        # Held until eight in the morning where each patient is.
        "review-invitations-nightly": {"task": "reviews.invite_all", "schedule": crontab(hour=10, minute=40)},
        # What was held overnight goes out within minutes of eight.
        "messages-due": {"task": "messages.send_due_everywhere", "schedule": crontab(minute="*/3")},
        "imports-take-up": {"task": "intake.take_up_everywhere", "schedule": crontab(minute="*/2")},
        "purchases-take-up": {"task": "purchases.take_up_everywhere", "schedule": crontab(minute="*/3")},
        "netting-credits": {"task": "purchasing.credit_netted", "schedule": crontab(minute=45)},
        # Before what they earn is worked out.
        "purchases-found-nightly": {"task": "purchasing.find_all_again", "schedule": crontab(hour=9, minute=30)},
        "claims-mail": {"task": "purchasing.mail_claims", "schedule": crontab(minute="*/10")},
        "statements-mail": {"task": "purchasing.tell_statements", "schedule": crontab(minute="*/10")},
        "rebates-nightly": {"task": "purchasing.accrue_all", "schedule": crontab(hour=9, minute=50)},
        # Whoever was not asked at checkout is, the next working morning where they were.
        "feedback-later": {"task": "feedback.ask_later_everywhere", "schedule": crontab(minute=12)},
        "inquiries-forget": {"task": "inquiries.forget_everywhere", "schedule": crontab(hour=8, minute=50)},
        # Of practices that left: told two weeks before, destroyed ninety days after.
        "erasure-nightly": {"task": "erasure.nightly", "schedule": crontab(hour=8, minute=5)},
        "outbox-sweep": {"task": "outbox.sweep", "schedule": crontab(minute="*/5")},
        "outbox-forget": {"task": "outbox.forget_delivered", "schedule": crontab(hour=8, minute=20)},
        "audit-months": {"task": "audit.make_partitions", "schedule": crontab(hour=8, minute=40)},
        "sessions-sweep": {"task": "sessions.sweep", "schedule": crontab(minute=25)},
        "partner-tokens-sweep": {"task": "partners.sweep_tokens", "schedule": crontab(minute=35)},
        # What could not be told at once, or not at the first try.
        "webhooks-due": {"task": "webhooks.sweep", "schedule": crontab()},
        "webhooks-forget": {"task": "webhooks.forget", "schedule": crontab(hour=8, minute=25)},
        "partner-answers-forget": {"task": "exchange.forget_answers_everywhere", "schedule": crontab(hour=9, minute=5)},
        # After every other night, so that what it reports is of a quiet hour.
        "billing-reconcile": {"task": "billing.reconcile", "schedule": crontab(hour=9, minute=40)},
        "billing-settle": {"task": "billing.settle_all", "schedule": crontab(minute=15)},
        "billing-texts": {"task": "billing.tell_texts", "schedule": crontab(minute=45)},
        "billing-events": {"task": "billing.sweep_events", "schedule": crontab(minute="*/5")},
        "billing-mail": {"task": "billing.tell_all", "schedule": crontab(minute="*/5")},
        "ready-schemas": {"task": "tenancy.fill_ready_schemas", "schedule": crontab(minute="*/10")},
    },
)
app.set_default()
