"""What can be set, and what refuses to start."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from clipbot import addresses, settings
from clipbot.errors import ConfigurationError
from clipbot.settings import Settings, load

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's `.env` lies here."""
    monkeypatch.chdir(tmp_path)


def refused(**environment: str) -> str:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        with pytest.raises(ConfigurationError) as caught:
            load()
    return str(caught.value)


def started(**environment: str) -> Settings:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        return load()


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    found = load()

    assert (found.host, found.port, found.renderer, found.auth) == (
        "127.0.0.1",
        7860,
        "local",
        "none",
    )
    assert found.home == tmp_path / ".clipbot"
    assert found.database_url.get_secret_value() == f"sqlite:///{tmp_path}/.clipbot/clipbot.db"
    assert (found.budget_micros, found.regenerations_per_hour) == (2_000_000_000, 5)


def test_development_has_a_smaller_budget_unless_one_is_set() -> None:
    assert started(CLIPBOT_ENV="development").budget_usd == 50
    assert started(CLIPBOT_ENV="development", CLIPBOT_BUDGET_USD="7.5").budget_micros == 7_500_000


def test_the_database_is_kept_in_the_home_folder_unless_told_otherwise(tmp_path: Path) -> None:
    moved = started(CLIPBOT_HOME="elsewhere")
    assert moved.home == tmp_path / "elsewhere"
    assert moved.database_url.get_secret_value() == f"sqlite:///{tmp_path}/elsewhere/clipbot.db"
    told = started(DATABASE_URL="postgresql://me:word@host/db")
    assert told.database_url.get_secret_value() == "postgresql://me:word@host/db"


@pytest.mark.parametrize("name", ["PORT", "CLIPBOT_PORT"])
def test_the_port_has_two_names(name: str) -> None:
    assert started(**{name: "8000"}).port == 8000


def test_what_is_given_wins_over_the_environment() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORT", "8000")
        assert load(port=9000, host="::1").port == 9000


def test_an_empty_variable_is_not_set() -> None:
    assert started(CLIPBOT_PUBLIC_URL="", CLIPBOT_BUDGET_USD="").budget_usd == Decimal(2000)


def test_a_file_in_the_folder_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=8001\nCLIPBOT_LOG_LEVEL=debug\n", encoding="utf-8")
    found = started(PORT="8002")
    assert (found.port, found.log_level) == (8002, "debug")


def test_secrets_cannot_be_printed() -> None:
    found = started(
        DATABASE_URL="postgresql://me:hunter2@host/db",
        OPENAI_API_KEY="hunter2",
        REPLICATE_API_TOKEN="hunter2",
        SUPABASE_URL="https://x.supabase.co",
        SUPABASE_SERVICE_KEY="hunter2",
        SUPABASE_ANON_KEY="hunter2",
        SUPABASE_JWT_SECRET="hunter2" * 8,
        CLIPBOT_SECRET="hunter2" * 8,
    )
    assert "hunter2" not in f"{found} {found!r} {found.model_dump()}"


def test_a_space_is_found_by_its_name() -> None:
    space = started(SPACE_ID="me/clipbot", SPACE_HOST="me-clipbot.hf.space")
    assert (space.is_space, space.host) == (True, "0.0.0.0")  # noqa: S104 - in a container
    assert space.origins == ("https://me-clipbot.hf.space",)
    assert space.host_names == frozenset()


def test_a_container_listens_everywhere_and_answers_to_this_machine() -> None:
    """Who can reach it is decided where its port is published."""
    inside = started(CLIPBOT_CONTAINER="true")
    assert inside.host == "0.0.0.0"  # noqa: S104 - in a container
    assert inside.host_names >= {"localhost", "127.0.0.1"}
    assert "must be an address of this machine" in refused(
        CLIPBOT_CONTAINER="true", CLIPBOT_PUBLIC_URL="https://clips.example.com"
    )


def test_at_home_only_names_of_this_machine_are_answered() -> None:
    assert load().host_names == {"localhost", "127.0.0.1", "::1"}
    assert load().origins == ()
    shown = started(CLIPBOT_PUBLIC_URL="http://localhost:9999/")
    assert (shown.public_url, shown.origins) == (
        "http://localhost:9999",
        ("http://localhost:9999",),
    )


def test_trusted_hosts_are_divided_by_commas() -> None:
    assert started(CLIPBOT_TRUSTED_HOSTS="127.0.0.1:9000, models:80,").trusted_hosts == (
        "127.0.0.1:9000",
        "models:80",
    )


PEOPLE = {
    "CLIPBOT_AUTH": "supabase",
    "SUPABASE_URL": "https://x.supabase.co",
    "SUPABASE_ANON_KEY": "key",
}


def test_where_people_sign_in_the_page_may_be_public() -> None:
    everywhere = {**PEOPLE, "CLIPBOT_PUBLIC_URL": "https://clips.example.com"}
    found = started(**everywhere, CLIPBOT_HOST="0.0.0.0")  # noqa: S104 - as it is meant here
    assert (found.auth, found.is_public, found.address) == (
        "supabase",
        True,
        "https://clips.example.com",
    )
    assert "clips.example.com" in found.host_names
    assert started(**everywhere, CLIPBOT_CONTAINER="true").is_public
    assert not started(**PEOPLE).is_public
    assert not started(**PEOPLE, CLIPBOT_PUBLIC_URL="http://localhost:8000").is_public


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        (
            {"CLIPBOT_HOST": "0.0.0.0"},  # noqa: S104 - that it is refused is the point
            "CLIPBOT_AUTH=none lets everybody in, so CLIPBOT_HOST must be 127.0.0.1, not 0.0.0.0.",
        ),
        (
            {"CLIPBOT_PUBLIC_URL": "https://clips.example.com"},
            "CLIPBOT_AUTH=none lets everybody in, so CLIPBOT_PUBLIC_URL must be .* this machine.",
        ),
        (
            {"CLIPBOT_PUBLIC_URL": "localhost:7860"},
            "CLIPBOT_PUBLIC_URL: must be an address that begins with http:// or https://.",
        ),
        ({"CLIPBOT_AUTH": "magic"}, "CLIPBOT_AUTH: input should be 'none', 'supabase' or.*"),
        (
            {"CLIPBOT_AUTH": "supabase"},
            "CLIPBOT_AUTH=supabase needs SUPABASE_URL and SUPABASE_ANON_KEY.",
        ),
        (
            {"CLIPBOT_AUTH": "supabase", "SUPABASE_URL": "https://x.supabase.co"},
            "CLIPBOT_AUTH=supabase needs SUPABASE_URL and SUPABASE_ANON_KEY.",
        ),
        (
            {**PEOPLE, "SUPABASE_URL": "http://x.supabase.co"},
            "SUPABASE_URL must begin with https://, for passwords travel there.",
        ),
        (
            {**PEOPLE, "CLIPBOT_HOST": "0.0.0.0"},  # noqa: S104 - as above
            "CLIPBOT_HOST=0.0.0.0 needs CLIPBOT_PUBLIC_URL.",
        ),
        (
            {**PEOPLE, "CLIPBOT_PUBLIC_URL": "http://clips.example.com"},
            "CLIPBOT_PUBLIC_URL must begin with https:// where people sign in.",
        ),
        (
            {"SPACE_ID": "me/clipbot", "REPLICATE_API_TOKEN": "any"},
            ".* on a Space need CLIPBOT_AUTH=huggingface or supabase, or every visitor would .*",
        ),
        (
            {"SPACE_ID": "me/clipbot", "OPENAI_API_KEY": "any"},
            ".* on a Space need CLIPBOT_AUTH=huggingface or supabase, or every visitor would .*",
        ),
        ({"SUPABASE_JWT_SECRET": "short"}, "SUPABASE_JWT_SECRET needs at least 32 characters."),
        (
            {"CLIPBOT_AUTH": "huggingface"},
            "CLIPBOT_AUTH=huggingface works on Hugging Face Spaces only.",
        ),
        (
            {"CLIPBOT_AUTH": "huggingface", "SPACE_ID": "me/clipbot", "OAUTH_CLIENT_ID": "id"},
            "CLIPBOT_AUTH=huggingface needs OAUTH_CLIENT_ID and OAUTH_CLIENT_SECRET .*",
        ),
        ({"CLIPBOT_RENDERER": "veo_31"}, "CLIPBOT_RENDERER=veo_31 needs REPLICATE_API_TOKEN."),
        ({"CLIPBOT_SECRET": "short"}, "CLIPBOT_SECRET needs at least 32 characters."),
        ({"SUPABASE_SERVICE_KEY": "key"}, "SUPABASE_SERVICE_KEY needs SUPABASE_URL."),
        (
            {"OPENAI_BASE_URL": "http://127.0.0.1:1234/v1"},
            "OPENAI_BASE_URL needs OPENAI_API_KEY (any word, if that server asks for none).",
        ),
        ({"CLIPBOT_PLAN_WITH_MODEL": "1"}, "CLIPBOT_PLAN_WITH_MODEL needs OPENAI_API_KEY."),
        (
            {"CLIPBOT_LANGUAGE_INPUT_USD": "1"},
            "CLIPBOT_LANGUAGE_INPUT_USD and CLIPBOT_LANGUAGE_OUTPUT_USD go together.",
        ),
        ({"CLIPBOT_LANGUAGE_INPUT_USD": "-1"}, "CLIPBOT_LANGUAGE_INPUT_USD: input should.*"),
        (
            {"REPLICATE_BASE_URL": "http://127.0.0.1:1234"},
            "REPLICATE_BASE_URL needs REPLICATE_API_TOKEN.",
        ),
        ({"CLIPBOT_RENDERER": "cog"}, "CLIPBOT_RENDERER=cog needs CLIPBOT_COG_URL."),
        ({"CLIPBOT_MODELS": "veo_31"}, "CLIPBOT_MODELS needs REPLICATE_API_TOKEN."),
        (
            {"REPLICATE_WEBHOOK_SECRET": "whsec_x"},
            "REPLICATE_WEBHOOK_SECRET needs REPLICATE_API_TOKEN.",
        ),
        (
            {"CLIPBOT_COG_URL": "127.0.0.1:5000"},
            "CLIPBOT_COG_URL: must be an address that begins with http:// or https://.",
        ),
        ({"CLIPBOT_EDIT_CEILING_USD": "-0.01"}, "CLIPBOT_EDIT_CEILING_USD: input should.*"),
        ({"CLIPBOT_DAY_CEILING_USD": "Infinity"}, "CLIPBOT_DAY_CEILING_USD: input should.*"),
        ({"CLIPBOT_PROVIDER_PLACES": "0"}, "CLIPBOT_PROVIDER_PLACES: input should.*"),
        ({"PORT": "70000"}, "PORT: input should be less than or equal to 65535."),
        ({"CLIPBOT_PORT": "many"}, r"PORT: input should be a valid integer.*"),
        ({"CLIPBOT_BUDGET_USD": "-1"}, "CLIPBOT_BUDGET_USD: input should be greater.*"),
        ({"CLIPBOT_BUDGET_USD": "NaN"}, "CLIPBOT_BUDGET_USD: input should be a finite number."),
        ({"CLIPBOT_REGENERATIONS_PER_HOUR": "-1"}, "CLIPBOT_REGENERATIONS_PER_HOUR: input.*"),
        ({"CLIPBOT_LOG_LEVEL": "loud"}, "CLIPBOT_LOG_LEVEL: input should be 'debug'.*"),
    ],
)
def test_what_is_half_or_wrong_is_refused_in_one_sentence(
    environment: dict[str, str], sentence: str
) -> None:
    said = refused(**environment)
    assert said == sentence or re.fullmatch(sentence, said)


def test_the_price_of_a_language_model_is_known_or_set_or_nothing() -> None:
    assert load().language_usd == (Decimal("0.10"), Decimal("0.50"))
    assert started(CLIPBOT_LANGUAGE_MODEL="other").language_usd is None
    here = {"OPENAI_API_KEY": "any", "OPENAI_BASE_URL": "http://127.0.0.1:11434/v1"}
    assert started(**here).language_usd is None
    prices = {"CLIPBOT_LANGUAGE_INPUT_USD": "2", "CLIPBOT_LANGUAGE_OUTPUT_USD": "8.5"}
    assert started(**here, **prices).language_usd == (Decimal(2), Decimal("8.5"))


TOKEN = {"REPLICATE_API_TOKEN": "any"}
HOOKS = {**TOKEN, "REPLICATE_WEBHOOK_SECRET": "whsec_x"}
SPACE = {**PEOPLE, "SPACE_ID": "me/clipbot", "SPACE_HOST": "me-clipbot.hf.space"}


def test_models_are_named_with_commas_and_none_means_all() -> None:
    assert load().models == ()
    named = started(**TOKEN, CLIPBOT_MODELS="veo_31, kling_v21,")
    assert named.models == ("veo_31", "kling_v21")


def test_spending_has_no_limits_but_the_budget_unless_some_are_set() -> None:
    bare = load()
    assert (bare.edit_ceiling_micros, bare.day_ceiling_micros) == (None, None)
    assert (bare.concurrency, bare.provider_places) == (2, 4)
    limits = {"CLIPBOT_EDIT_CEILING_USD": "0", "CLIPBOT_DAY_CEILING_USD": "12.5"}
    found = started(**limits)
    assert (found.edit_ceiling_micros, found.day_ceiling_micros) == (0, 12_500_000)


def test_providers_call_back_only_where_they_can_reach_us() -> None:
    assert started(**HOOKS, **SPACE).webhook_base == "https://me-clipbot.hf.space"
    own = {"CLIPBOT_PUBLIC_URL": "https://clips.example.com/"}
    assert started(**HOOKS, **SPACE, **own).webhook_base == "https://clips.example.com"
    assert started(**TOKEN, **SPACE).webhook_base is None
    assert started(**HOOKS).webhook_base is None
    for here in ("https://localhost:7860", "https://127.0.0.1", "https://[::1]:7860"):
        assert started(**HOOKS, CLIPBOT_PUBLIC_URL=here).webhook_base is None


def test_a_refusal_does_not_repeat_a_secret() -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(secret="hunter2")
    told = [str(caught.value), str(caught.value.__cause__)]
    assert not any("hunter2" in each for each in told)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("LOCALHOST", True),
        ("0.0.0.0", False),  # noqa: S104 - every interface is not this machine only
        ("::", False),
        ("192.168.0.7", False),
        ("localhost.example.com", False),
        ("", False),
    ],
)
def test_only_this_machine_reaches_loopback(host: str, is_here: bool) -> None:  # noqa: FBT001
    assert addresses.is_loopback(host) is is_here


def test_every_setting_is_in_the_example_file() -> None:
    """The file is where people look; a name that is not in it does not exist for them."""
    written = set(re.findall(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\b", _example()))
    missing = {name for each in settings.names().values() for name in each} - written
    assert missing == set()


def test_every_setting_is_in_the_readme() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", table, re.MULTILINE))
    assert {each[0] for each in settings.names().values()} == listed


def test_the_example_file_holds_nothing_that_cannot_be_set() -> None:
    offered = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", _example(), re.MULTILINE))
    known = {name for each in settings.names().values() for name in each}
    assert offered - known == set()


def test_the_example_file_as_it_is_changes_nothing(tmp_path: Path) -> None:
    bare = load()
    (tmp_path / ".env").write_text(_example(), encoding="utf-8")
    assert load() == bare


def _example() -> str:
    return (ROOT / ".env.example").read_text(encoding="utf-8")


def test_hosts_share_files_where_a_folder_or_a_storage_is_named(tmp_path: Path) -> None:
    alone = load(home=tmp_path / "home")
    assert (alone.is_shared, alone.blobs) == (False, tmp_path / "home" / "blobs")
    folder = started(CLIPBOT_SHARED=str(tmp_path / "shared"))
    assert (folder.is_shared, folder.blobs) == (True, tmp_path / "shared" / "blobs")
    stored = started(SUPABASE_URL="https://x.supabase.co", SUPABASE_SERVICE_KEY="key")
    assert (stored.is_shared, stored.blobs) == (True, stored.home / "blobs")


def test_a_process_may_be_told_to_execute_nothing() -> None:
    assert started(CLIPBOT_CONCURRENCY="0").concurrency == 0
    with pytest.raises(ConfigurationError, match="CLIPBOT_CONCURRENCY"):
        started(CLIPBOT_CONCURRENCY="-1")
