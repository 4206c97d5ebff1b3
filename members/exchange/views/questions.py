"""Asking each other."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from members.exchange.forms import AnswerForm, ExpertiseForm, QuestionForm
from members.exchange.models import Answer, Question, ThemeExpert
from members.exchange.policies import may_accept, may_ask, may_hide
from members.exchange.services import accept_answer, answer_question, ask_question, choose_expertise, similar_to
from thuisbasis.base.components import FilterForm, Link, Select
from thuisbasis.network.refusals import NotForYou
from thuisbasis.network.views import AudienceFormView, MemberListView, MemberView, theme_choices
from thuisbasis.search.services import keys_found


class QuestionsView(MemberListView):
    """Every question that this person may see."""

    template_name = "members/exchange/questions.html"
    title = gettext_lazy("Vragen aan elkaar")
    page_size = 20

    def found(self) -> Any:
        """Narrow by theme, by having no answer, and by words."""
        found = Question.objects.visible_to(self.visitor).for_list()
        if self.asked("thema"):
            found = found.filter(themes__slug=self.asked("thema"), themes__locale__language_code="nl")
        if self.asked("stand") == "open":
            found = found.unanswered()
        if self.asked("q"):
            found = found.filter(pk__in=keys_found(text=self.asked("q"), visitor=self.visitor, kind="question"))
        return found

    def form(self) -> FilterForm:
        """Offer words, themes, and what nobody answered."""
        return FilterForm(
            action=reverse("exchange:questions"),
            text_name="q",
            text_label=_("Zoek in vragen en antwoorden"),
            button=_("Zoek"),
            text=self.asked("q"),
            selects=[
                Select(name="thema", label=_("Thema"), chosen=self.asked("thema"), options=theme_choices()),
                Select(
                    name="stand",
                    label=_("Stand"),
                    chosen=self.asked("stand"),
                    options=[("open", _("Nog geen antwoord"))],
                ),
            ],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether this person may ask."""
        return super().get_context_data(may_ask=may_ask(self.visitor), **kwargs)


class AskView(AudienceFormView):
    """Ask something, after a look at what was asked before."""

    template_name = "members/exchange/ask.html"
    form_class = QuestionForm

    def may_enter(self) -> bool:
        """Let in who may ask."""
        return may_ask(self.visitor)

    def get_initial(self) -> dict[str, Any]:
        """Start with what was looked for in vain."""
        return {**super().get_initial(), "title": self.request.GET.get("vraag", "")[:160]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(title=_("Stel je vraag"), **kwargs)

    def form_valid(self, form: QuestionForm) -> HttpResponse:
        """Show once what looks like it; then ask."""
        similar = similar_to(text=form.cleaned_data["title"], visitor=self.visitor)
        if similar and "ask" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, similar=similar))
        question = ask_question(
            author=self.user,
            visitor=self.visitor,
            practice=form.cleaned_data["practice"],
            content=form.cleaned_data,
            overridden=form.overridden,
            now=self.now,
        )
        messages.success(self.request, _("Je vraag staat er. Je krijgt bericht als iemand antwoordt."))
        return HttpResponseRedirect(question.get_absolute_url())


class SimilarView(MemberView):
    """What looks like the question that somebody is typing."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with a piece of a page."""
        found = similar_to(text=request.GET.get("vraag", "")[:160].replace("\x00", ""), visitor=self.visitor)
        return render(request, "members/exchange/similar.html", {"similar": found})


class QuestionMixin(MemberView):
    """A page about one question."""

    def may_enter(self) -> bool:
        """Let in who may see the question."""
        questions = Question.objects.visible_to(self.visitor).select_related(
            "author__profile", "practice", "working_group"
        )
        found = questions.filter(slug=self.kwargs["slug"]).first() if super().may_enter() else None
        if found is None:
            return False
        self.question = found
        return True

    def trail(self) -> list[Link]:
        """Lead back to all questions."""
        return [Link(label=_("Vragen aan elkaar"), url=reverse("exchange:questions"))]


class QuestionView(QuestionMixin, FormView):
    """A question with its answers, and room for one more."""

    template_name = "members/exchange/question.html"
    form_class = AnswerForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List the answers, what helped first."""
        shown = Answer.objects.visible_to(self.visitor).filter(question=self.question)
        answers: list[Any] = sorted(
            shown.select_related("author__profile"), key=lambda row: row.pk != self.question.accepted_answer_id
        )
        for answer in answers:
            answer.may_hide = may_hide(self.visitor, answer)
        return super().get_context_data(
            title=self.question.title,
            question=self.question,
            answers=answers,
            may_answer=may_ask(self.visitor),
            may_accept=may_accept(self.visitor, self.question),
            may_hide=may_hide(self.visitor, self.question),
            **kwargs,
        )

    def form_valid(self, form: AnswerForm) -> HttpResponse:
        """Place the answer."""
        answer = answer_question(
            question=self.question,
            author=self.user,
            visitor=self.visitor,
            text=form.cleaned_data["text"],
            overridden=form.overridden,
            now=self.now,
        )
        messages.success(self.request, _("Dank je wel. Je antwoord staat erbij."))
        return HttpResponseRedirect(answer.get_absolute_url())


class AcceptView(QuestionMixin):
    """Say which answer helped."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Accept, or take it back."""
        answer = self.question.answers.shown().filter(pk=self.kwargs["pk"]).first()
        if answer is None:
            raise NotForYou
        accept_answer(answer=answer, visitor=self.visitor, now=self.now)
        return HttpResponseRedirect(self.question.get_absolute_url())


class ExpertiseView(MemberView, FormView):
    """On which themes I want to help."""

    template_name = "members/form.html"
    form_class = ExpertiseForm

    def get_initial(self) -> dict[str, Any]:
        """Start from what was chosen before."""
        return {"themes": ThemeExpert.objects.filter(user=self.user).values_list("theme_id", flat=True)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(
            title=_("Waar kun jij bij helpen?"),
            button=_("Bewaar"),
            back_url=reverse("exchange:questions"),
            **kwargs,
        )

    def form_valid(self, form: ExpertiseForm) -> HttpResponse:
        """Keep the choice."""
        choose_expertise(user=self.user, themes=form.cleaned_data["themes"])
        messages.success(self.request, _("Dank je wel. We vragen je alleen als een vraag blijft liggen."))
        return HttpResponseRedirect(reverse("exchange:questions"))
