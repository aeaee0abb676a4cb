"""Under ``observe`` nothing is opened that the policy forbids, as the kernel saw it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from classroom_analyzer.app.analyze import analyze
from classroom_analyzer.app.build import build_parts
from classroom_analyzer.app.demo import demo_recording, demo_request
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import StoppedByUserError
from classroom_analyzer.models import assets
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.settings.schema import Settings
from tests.rigs.opened_files import watch_opens

pytestmark = pytest.mark.alone


def forbidden_files(home: Path) -> list[Path]:
    minilm = ModelStore(home).resolve("bundled:minilm", "text encoder").path
    return [*sorted(assets.path("models").iterdir()), *(p for p in sorted(minilm.rglob("*")) if p.is_file())]


def run_for_some_seconds(policy: Policy, out: Path, home: Path) -> None:
    """Analyse the first seconds of the demo lesson, chat included."""
    request = replace(demo_request(Settings(), out), grant=PolicyGrant(policy, "command line"))
    cancel = CancelToken()

    def stop_soon(step: str, completed: float, total: float | None) -> None:
        if total is not None and completed >= 12:
            cancel.cancel()

    with pytest.raises(StoppedByUserError):
        analyze(demo_recording(), request, home, progress=stop_soon, cancel=cancel)


@pytest.mark.parametrize(("policy", "opens"), [(Policy.OBSERVE, False), (Policy.ENGAGEMENT, True)])
def test_encoders_autoencoders_and_fusion_are_opened_only_where_the_policy_allows_it(
    policy: Policy, opens: bool, tmp_path: Path, own_home: Path
):
    watched = forbidden_files(own_home)
    assert len(watched) > 8
    with watch_opens(watched) as opened:
        run_for_some_seconds(policy, tmp_path, own_home)
        seen = {path.name for path in opened.seen()}
    if opens:
        assert {"fusion.safetensors", "face-autoencoder.safetensors", "model.safetensors"} <= seen
        assert "confusion.safetensors" not in seen
    else:
        assert seen == set()


@pytest.mark.parametrize("policy", Policy)
def test_the_confusion_head_is_opened_under_research_only(policy: Policy, tmp_path: Path, own_home: Path):
    request = replace(demo_request(Settings(), tmp_path), grant=PolicyGrant(policy, "command line"))
    with watch_opens(
        [assets.path("models", "confusion.safetensors"), assets.path("models", "confusion.json")]
    ) as opened:
        build_parts(request, own_home, frozenset({Modality.TEXT}))
        seen = {path.name for path in opened.seen()}
    assert seen == ({"confusion.safetensors", "confusion.json"} if policy is Policy.RESEARCH else set())
