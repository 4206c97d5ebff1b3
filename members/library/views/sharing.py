"""From a folder of files to documents that the right people see."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from members.library.forms import ShareForm, UploadForm
from members.library.models import Document, Folder
from members.library.policies import may_share
from members.library.services import add_draft, drop_draft, share_documents
from thuisbasis.files.inspection import FileIsRefused
from thuisbasis.files.models import PartialUpload
from thuisbasis.files.services import StorageIsFull, open_upload, stop_upload
from thuisbasis.files.views import ResumableUploadView
from thuisbasis.network.models import Audience
from thuisbasis.network.refusals import NotForYou
from thuisbasis.network.views import AudienceFormView, MemberView


class SharerView(MemberView):
    """A page for whoever may share."""

    def may_enter(self) -> bool:
        """Let in who works at a practice."""
        return may_share(self.visitor)

    def keep(self, name: str, file: Any) -> str:
        """Keep one file as a draft; return why not, or "" when it is kept."""
        try:
            add_draft(author=self.user, visitor=self.visitor, name=name, file=file, now=self.now)
        except FileIsRefused as error:
            return str(error)
        except StorageIsFull:
            return _("Er is nu geen ruimte op onze server. Probeer het straks nog eens.")
        return ""


class UploadView(SharerView, FormView):
    """Choose the files; the form works by itself, and shows progress where it can."""

    template_name = "members/library/upload.html"
    form_class = UploadForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what waits to be shared."""
        drafts = Document.objects.drafts_of(self.user)
        return super().get_context_data(title=_("Deel documenten"), draft_count=drafts.count(), **kwargs)

    def form_valid(self, form: UploadForm) -> HttpResponse:
        """Keep what is good, and say of each other file what is wrong with it."""
        results = [(file.name, self.keep(file.name, file)) for file in form.cleaned_data["files"]]
        refused = [(name, reason) for name, reason in results if reason]
        kept = len(results) - len(refused)
        if refused:
            context = self.get_context_data(form=UploadForm(), refused=refused, kept=kept)
            return self.render_to_response(context)
        return HttpResponseRedirect(reverse("library:share"))


class PartsView(ResumableUploadView, SharerView, View):
    """The same files, part by part."""

    location = "library:part"

    def finish(self, upload: PartialUpload) -> None:
        """Keep the complete file, and remember what to say about it."""
        with open_upload(upload=upload) as file:
            self.refused_because = self.keep(upload.name, file)
        stop_upload(upload=upload)

    def patch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say with the last part whether the file is kept."""
        self.refused_because = ""
        answer = super().patch(request, *args, **kwargs)
        if self.refused_because:
            answer.headers["Upload-Refused"] = quote(self.refused_because)
        return answer


class ShareView(SharerView, AudienceFormView):
    """Who may see what was uploaded: the one question before anybody does."""

    template_name = "members/library/share.html"
    form_class = ShareForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Remember the drafts of this request."""
        self._drafts: Any = None
        return super().dispatch(request, *args, **kwargs)

    @property
    def drafts(self) -> list[Document]:
        """Return what this person uploaded and did not share yet."""
        if self._drafts is None:
            rows = Document.objects.drafts_of(self.user).prefetch_related("versions__file")
            self._drafts = list(rows)
        found: list[Document] = self._drafts
        return found

    def get_initial(self) -> dict[str, Any]:
        """Start narrow: with the own practice."""
        return {"seen_by": f"practice-{min(self.visitor.network_practice_ids)}"}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask for the title of each draft too."""
        return {**super().get_form_kwargs(), "drafts": self.drafts}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(title=_("Wie mag dit zien?"), drafts=self.drafts, **kwargs)

    def form_valid(self, form: ShareForm) -> HttpResponse:
        """Share, and say with whom."""
        data = form.cleaned_data
        count = share_documents(
            documents=self.drafts,
            titles=form.titles(),
            practice=data["practice"],
            content={**data, "folder": folder_of(data)},
            actor=self.user,
            visitor=self.visitor,
            now=self.now,
        )
        said = {"count": count, "audience": Audience(data["audience"]).label}
        messages.success(self.request, _("Gedeeld: %(count)s. Zichtbaar voor: %(audience)s.") % said)
        return HttpResponseRedirect(reverse("library:documents"))


def folder_of(data: dict[str, Any]) -> Folder | None:
    """Return the chosen folder, or the new one: of the group that sees it, or of the network."""
    if not data["new_folder"]:
        chosen: Folder | None = data["folder"]
        return chosen
    owners = {
        Audience.OWN_PRACTICE: {"practice": data["practice"]},
        Audience.WORKING_GROUP: {"working_group": data["working_group"]},
    }
    owner = owners.get(data["audience"], {})
    values = {"practice": None, "working_group": None, **owner}
    folder, _is_new = Folder.objects.get_or_create(name=data["new_folder"], **values)
    return folder


class DropDraftView(SharerView):
    """Throw away one uploaded file."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remove the draft; raises NotForYou for anything else."""
        draft = Document.objects.drafts_of(self.user).filter(key=self.kwargs["key"]).first()
        if draft is None:
            raise NotForYou
        drop_draft(document=draft, actor=self.user)
        messages.success(request, _("Weggegooid: %(title)s") % {"title": draft.title})
        return HttpResponseRedirect(reverse("library:share"))
