"""Rights change at once: whatever happened a moment ago, the next request knows."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from wagtail.models import Locale

from knowledge.models import ArticleIndexPage, KnowledgePage, PracticeArticlePage
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Audience, Membership, Practice, Role, WorkingGroup, WorkingGroupMembership

# It asks the same few pages hundreds of times: measuring that says nothing new.
pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.no_cover]
PRACTICE, GROUP = "Thuis in Twente", "ervaringskennis"
SEQUENCES = 50


class RightsOverTime(RuleBasedStateMachine):
    """One article with its translations and aliases, one person whose membership comes and goes."""

    @initialize()
    def begin(self):
        self.savepoint = transaction.savepoint()
        self.article = PracticeArticlePage.objects.get(slug="outreach-in-de-ochtend")
        self.user = User.objects.create_user("wisselend@example.nl", "x")
        self.practice = Practice.objects.get(name=PRACTICE)
        self.group = WorkingGroup.objects.get(slug=GROUP)
        self.audience, self.works, self.in_group, self.copies = Audience.PUBLIC, False, False, 0
        self.member, self.stranger = Client(), Client()
        self.member.force_login(self.user)

    @rule()
    def join(self):
        if not self.works:
            today = timezone.localdate()
            row, _new = Membership.objects.get_or_create(
                user=self.user, practice=self.practice, role=Role.MEMBER, start_date=today
            )
            Membership.objects.filter(pk=row.pk).update(ended_at=None)
            self.works = True

    @rule()
    def revoke(self):
        Membership.objects.filter(user=self.user).update(ended_at=timezone.now())
        self.works = False

    @rule(joins=st.booleans())
    def change_working_group(self, joins):
        WorkingGroupMembership.objects.filter(user=self.user).delete()
        if joins:
            WorkingGroupMembership.objects.create(user=self.user, group=self.group, start_date=timezone.localdate())
        self.in_group = joins

    @rule(audience=st.sampled_from(list(Audience)))
    def change_audience(self, audience):
        article = PracticeArticlePage.objects.get(pk=self.article.pk)
        article.audience, article.practice, article.working_group = audience, self.practice, self.group
        article.save_revision().publish()
        self.audience = audience

    @rule()
    def move(self):
        article = PracticeArticlePage.objects.get(pk=self.article.pk)
        elsewhere = ArticleIndexPage(title=f"Elders {article.path}", slug=f"elders-{article.path.lower()}")
        home = ArticleIndexPage.objects.first().get_parent()
        home.add_child(instance=elsewhere)
        article.move(elsewhere, pos="last-child")

    @rule(language=st.sampled_from(["en", "fr"]))
    def translate(self, language):
        locale = Locale.objects.get(language_code=language)
        article = PracticeArticlePage.objects.get(pk=self.article.pk)
        if not article.has_translation(locale):
            article.copy_for_translation(locale, copy_parents=True).save_revision().publish()

    @rule()
    def publish_a_stale_translation(self):
        for page in KnowledgePage.objects.filter(translation_key=self.article.translation_key).exclude(
            pk=self.article.pk
        ):
            if page.alias_of_id is None:
                stale = page.specific
                stale.audience = Audience.PUBLIC
                stale.save_revision().publish()

    @rule()
    def add_an_alias(self):
        self.copies += 1
        article = PracticeArticlePage.objects.get(pk=self.article.pk)
        article.create_alias(parent=ArticleIndexPage.objects.order_by("pk").first(), update_slug=f"ook-{self.copies}")

    def may(self, who):
        if self.audience == Audience.PUBLIC:
            return True
        if who is self.stranger or not self.works:
            return False
        return {
            Audience.NETWORK: True,
            Audience.OWN_PRACTICE: True,
            Audience.WORKING_GROUP: self.in_group,
            Audience.STEERING_GROUP: False,
        }[self.audience]

    @invariant()
    def every_address_answers_as_the_rights_of_this_moment(self):
        if not hasattr(self, "article"):
            return
        group = KnowledgePage.objects.filter(
            translation_key=self.article.translation_key
        ) | KnowledgePage.objects.filter(alias_of=self.article.pk)
        for who in (self.member, self.stranger):
            found = self.article.title in who.get("/zoeken/?q=outreach").content.decode()
            assert found <= self.may(who)
        for page in group.live().distinct():
            for who in (self.member, self.stranger):
                expected = 200 if self.may(who) else 404
                answer = who.get(page.url)
                assert answer.status_code == expected, (page.url, self.audience, self.works)

    def teardown(self):
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)


def test_fifty_generated_sequences_of_changes_are_known_to_the_next_request(plain_404):
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    run_state_machine_as_test(
        RightsOverTime,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=6,
            deadline=None,
            suppress_health_check=checks,
            derandomize=True,
            database=None,
        ),
    )


def test_a_translation_and_an_alias_follow_their_source_whatever_they_say_themselves():
    article = PracticeArticlePage.objects.get(slug="outreach-in-de-ochtend")
    english = article.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.save_revision().publish()
    alias = article.create_alias(parent=ArticleIndexPage.objects.order_by("pk").first(), update_slug="ook-hier")
    article.audience = Audience.NETWORK
    article.save_revision().publish()
    for page in (english, alias):
        assert KnowledgePage.objects.get(pk=page.pk).audience == Audience.NETWORK
    english = PracticeArticlePage.objects.get(pk=english.pk)
    english.audience = Audience.PUBLIC
    english.save_revision().publish()
    assert KnowledgePage.objects.get(pk=english.pk).audience == Audience.NETWORK
    assert KnowledgePage.objects.get(pk=article.pk).audience == Audience.NETWORK
    assert Client().get(english.url).status_code == 404


def test_a_draft_translation_follows_too():
    article = PracticeArticlePage.objects.get(slug="outreach-in-de-ochtend")
    draft = article.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    assert not draft.live
    article.audience = Audience.STEERING_GROUP
    article.save_revision().publish()
    assert KnowledgePage.objects.get(pk=draft.pk).audience == Audience.STEERING_GROUP
