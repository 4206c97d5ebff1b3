"""Every address of the site, top to bottom; the first match wins."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from events import urls as events_urls
from knowledge import urls as knowledge_urls
from members.assessments import urls as assessments_urls
from members.exchange import urls as exchange_urls
from members.library import urls as library_urls
from members.portal import urls as portal_urls
from thuisbasis.base import views as base_views
from thuisbasis.config.views import gallery
from thuisbasis.files import urls as files_urls
from thuisbasis.notices import urls as notices_urls
from thuisbasis.search import urls as search_urls

handler404 = "knowledge.views.not_found"
to_our_login = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("healthz", base_views.health, name="health"),
    path("readyz", base_views.ready, name="ready"),
    path("robots.txt", base_views.robots, name="robots"),
    path(".well-known/security.txt", base_views.security_txt, name="security_txt"),
    # Wagtail's own login views know no second factor and no limit: one door only.
    path("cms/login/", to_our_login),
    path("_util/login/", to_our_login),
    path("cms/", include(wagtailadmin_urls)),
    path("", include(files_urls)),
    *knowledge_urls.site_patterns,
    *events_urls.site_patterns,
]
if settings.COMPONENT_GALLERY:
    urlpatterns.append(path("galerij/", gallery, name="gallery"))
if settings.DEMO_HELP:
    urlpatterns.append(path("demo/", include("thuisbasis.config.demo.urls")))

urlpatterns += i18n_patterns(
    path("account/", include("thuisbasis.accounts.urls")),
    path("toegankelijkheid/", base_views.accessibility, name="accessibility"),
    path("", include(events_urls)),
    path("leden/", include(assessments_urls)),
    path("leden/", include(exchange_urls)),
    path("leden/", include(library_urls)),
    path("leden/", include(portal_urls)),
    path("", include(notices_urls)),
    path("", include(search_urls)),
    path("", include(knowledge_urls)),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
