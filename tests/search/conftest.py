"""A real search engine, and the database's own, behind one fixture."""

import uuid

import pytest
from missing_parts import leave_out

from knowledge.models import PracticeArticlePage
from thuisbasis.accounts.models import User
from thuisbasis.search import engines
from thuisbasis.search.engines import DatabaseEngine
from thuisbasis.search.engines.elastic import ElasticEngine
from thuisbasis.search.services import keeping


@pytest.fixture(autouse=True)
def closed_breaker():
    """An engine that failed in one test is trusted again in the next."""
    engines.breaker.answered()
    yield
    engines.breaker.answered()


@pytest.fixture
def engine_settings(settings):
    """Let the site use the engine of the tests, under a name of its own; nothing of it stays."""
    wanted = settings.SEARCH_ENGINE_OF_THE_TESTS
    if not wanted:
        leave_out("a search engine: set SEARCH_URL, or run `make test`, which starts one")
    settings.SEARCH_ENGINE = {**wanted, "alias": f"test-{uuid.uuid4().hex[:12]}"}
    engine = engines.engine_beside()
    yield engine
    for index in engine.indexes():
        engine.drop(index)


@pytest.fixture
def elastic(db, engine_settings) -> ElasticEngine:
    """The engine with everything of the demo in it."""
    keeping.build(engine=engine_settings)
    return engine_settings


@pytest.fixture(params=["database", pytest.param("elastic", marks=pytest.mark.once)])
def engine(request, db):
    """Each engine in turn; the database is whichever these tests run on."""
    return DatabaseEngine() if request.param == "database" else request.getfixturevalue("elastic")


@pytest.fixture
def member():
    return User.objects.get(email="lid@example.nl")


@pytest.fixture
def article():
    return PracticeArticlePage.objects.get(slug="de-lange-zondag")
