"""The demo's story is told once, by real steps, and shows a plan at each place of the chain."""

import pytest

from radrum import story
from radrum.accounts.models import Organisation, User
from radrum.collaborations.models import Collaboration, part
from radrum.core.models import Entry
from tests.cast import everything
from tests.jobs import waiting

STAGES = {
    # which parts a plan has when the story leaves it there
    "handed_in": ["assessment"],
    "asked": ["assessment", "advice", "question"],
    "decided": ["assessment", "advice", "question", "statement", "decision"],
    "ongoing": ["assessment", "review"],
}


def _parts(plan: Collaboration) -> list[str]:
    enquiry = plan.enquiries.first()
    case = enquiry.case if enquiry else None
    have = {
        "assessment": part(plan, "assessment") is not None,
        "advice": plan.advice.exists(),
        "question": enquiry is not None,
        "statement": case is not None and part(case, "statement") is not None,
        "decision": plan.decisions.exists(),
        "review": plan.reviews.exists(),
    }
    return [name for name, there in have.items() if there]


@pytest.mark.django_db
def test_the_story(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    texts = story.texts()
    assert story.tell() is True
    told = {plan.title: _parts(plan) for plan in Collaboration.unguarded.all()}
    assert told == {plan["title"]: STAGES[plan["stage"]] for plan in texts["collaborations"]}
    assert {plan["stage"] for plan in texts["collaborations"]} == set(STAGES)
    assert Entry.unguarded.filter(outcome="refused").count() == 0

    people = {person["email"]: person for person in texts["people"]}
    for user in User.objects.filter(email__in=people):
        assert user.check_password(texts["meta"]["password"]), user.email
        assert set(story.actor(user.email, people[user.email]["organisation"]).roles) == set(
            people[user.email]["roles"]
        )
    assert User.objects.count() == len(people)

    before, jobs = (everything(), Organisation.objects.count()), len(waiting())
    assert story.tell() is False
    assert ((everything(), Organisation.objects.count()), len(waiting())) == (before, jobs)


def test_everything_in_it_is_invented_and_says_so() -> None:
    texts = story.texts()
    addresses = [person["email"] for person in texts["people"]] + [
        place["domain"] for place in texts["organisations"]
    ]
    assert [address for address in addresses if not address.endswith(".example")] == []
    assert [bool(texts["meta"][f"invented_{language}"]) for language in ("sv", "en")] == [True, True]
