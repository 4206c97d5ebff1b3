"""What members tell each other about themselves."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.portal.querysets import ProfileQuerySet
from thuisbasis.base.slugs import first_free_slug, slug_base


class Profile(models.Model):
    """The page that other members see of somebody."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    slug = models.SlugField(_("adresdeel"), max_length=100, unique=True, editable=False)
    job_title = models.CharField(
        _("functie"), max_length=100, blank=True, help_text=_("Bijvoorbeeld: begeleider, coördinator, onderzoeker.")
    )
    phone = models.CharField(_("telefoon"), max_length=30, blank=True, help_text=_("Alleen leden zien dit nummer."))
    about = models.TextField(
        _("over mij"), max_length=1000, blank=True, help_text=_("Een paar zinnen. Noem geen bewoners.")
    )
    ask_me_about = models.CharField(
        _("vraag mij over"),
        max_length=200,
        blank=True,
        help_text=_("Waar weet je veel van? Bijvoorbeeld: huurcontract op eigen naam, burenoverleg."),
    )
    photo = models.OneToOneField(
        "files.StoredFile",
        verbose_name=_("foto"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="profile",
        editable=False,
    )
    shows_email = models.BooleanField(_("leden mogen mijn e-mailadres zien"), default=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        ordering = ["user__first_name", "user__last_name"]
        verbose_name = _("profiel")
        verbose_name_plural = _("profielen")

    def __str__(self) -> str:
        return str(self.user)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with an address of its own that is made of the name."""
        if not self.slug:
            base = slug_base(self.user.get_full_name(), "lid")
            taken = Profile.objects.filter(slug__startswith=base).values_list("slug", flat=True)
            self.slug = first_free_slug(base, set(taken))
        super().save(*args, **kwargs)
