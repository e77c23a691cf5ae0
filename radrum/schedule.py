"""The one list of timed work, retention included. Times are the server's; each job is safe to run twice."""

from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app

from radrum.accounts.invite import forget_old_invitations
from radrum.accounts.keep import forget_old_drafts
from radrum.cases.store import forget_orphans
from radrum.collaborations.look_again import look_again
from radrum.collaborations.remind import remind as remind_of_plans
from radrum.collaborations.share import empty_ended
from radrum.community.remind import forget_old_registrations, remind
from radrum.core import audit
from radrum.core.actor import SYSTEM
from radrum.core.scope import writing
from radrum.monitoring.jobs import ask_all
from radrum.programme.publish import publish_settled


@app.periodic(cron="* * * * *")
@app.task(queue="schedule", queueing_lock="seal")
def seal_the_trail(timestamp: int) -> None:
    """Each minute: seal what was written, then export the head of the chain outside the database."""
    with writing(SYSTEM):
        audit.seal()
    with writing(SYSTEM):
        audit.export_head()


@app.periodic(cron="10 6 * * *")
@app.task(queue="schedule", queueing_lock="reviews")
def remind_of_reviews(timestamp: int) -> None:
    """Each morning: tell owners what should be looked at today, and advisers what has been missed."""
    with writing(SYSTEM):
        remind_of_plans(timezone.localdate())


@app.periodic(cron="20 6 * * *")
@app.task(queue="schedule", queueing_lock="events")
def remind_of_events(timestamp: int) -> None:
    """Each morning: remind those who have a place at a meeting that begins within a day and a half."""
    with writing(SYSTEM):
        remind(timezone.now())


@app.periodic(cron="25 */4 * * *")
@app.task(queue="schedule", queueing_lock="feeds")
def ask_sources(timestamp: int) -> None:
    """Every fourth hour: ask the sources that editors follow, a job each."""
    ask_all()


@app.periodic(cron="20 3 * * *")
@app.task(queue="schedule", queueing_lock="figures")
def publish_figures(timestamp: int) -> None:
    """Each night: publish the figures of quarters that ended ten days ago; each is published once."""
    with writing(SYSTEM):
        publish_settled(timezone.localdate())


@app.periodic(cron="20 * * * *")
@app.task(queue="schedule", queueing_lock="lists")
def follow_changed_lists(timestamp: int) -> None:
    """Each hour: compare again the partners that a changed list concerns, where loading it has not."""
    look_again()


@app.periodic(cron="40 2 * * *")
@app.task(queue="schedule", queueing_lock="forget")
def forget(timestamp: int) -> None:
    """Each night: old drafts, invitations, shared copies, registrations; ended sessions, orphaned files."""
    with writing(SYSTEM):
        forget_old_drafts()
        forget_old_invitations()
        empty_ended(timezone.localdate())
        forget_old_registrations(timezone.now())
        forget_orphans()
        Session.objects.filter(expire_date__lt=timezone.now()).delete()


@app.periodic(cron="50 2 * * *")
@app.task(queue="schedule", queueing_lock="old jobs")
async def forget_failed_jobs(timestamp: int) -> None:
    """Each night: jobs that failed for good more than 30 days ago, with what they were given."""
    await app.job_manager.delete_old_jobs(nb_hours=30 * 24, include_failed=True)
